package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/// Webhooks as their owner's programs use them.
final class Webhooks {
  static final String PATH = "/api/v1/webhooks";

  private Webhooks() {}

  static HttpAnswer create(Client client, String url) {
    HttpAnswer created = client.post(PATH, json("{'url':'%s'}", url));
    assertThat(created.status()).as(created.toString()).isEqualTo(201);
    return created;
  }

  static String path(HttpAnswer created) {
    return PATH + "/" + created.text("id");
  }

  /// Checks the message as the standard's own library does, with one of its secrets.
  static void verify(Receiver.ReceivedMessage message, String secret) {
    Map<String, List<String>> headers =
        Map.of(
            "webhook-id", List.of(message.id()),
            "webhook-timestamp", List.of(message.header("Webhook-timestamp")),
            "webhook-signature", List.of(message.header("Webhook-signature")));
    assertThatCode(() -> new Webhook(secret).verify(message.body(), headers))
        .doesNotThrowAnyException();
  }

  static JsonNode lastDelivery(Client client, HttpAnswer webhook) {
    return client.get(path(webhook) + "/deliveries").json().path("deliveries").path(0);
  }

  static JsonNode awaitDelivery(Client client, HttpAnswer webhook, String state) {
    return Awaitility.await()
        .until(
            () -> lastDelivery(client, webhook),
            delivery -> delivery.path("state").asString("").equals(state));
  }
}
