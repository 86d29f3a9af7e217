package dev.handoff.spring.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Webhooks' records against the golden files.
final class WebhookGoldenTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Instant NINE = Instant.parse("2026-01-05T09:00:00Z");
  private static final String TASK = "01980f3e-7b1a-7c3d-8e4f-0123456789ab";

  private static JsonNode golden(String name) throws IOException {
    Path file = Path.of(System.getProperty("handoff.root"), "contract", "golden", name);
    return JSON.readTree(Files.readString(file));
  }

  private static void looksAs(String name, Object view) throws IOException {
    assertThat(JSON.readTree(WireJson.write(view))).isEqualTo(golden(name));
  }

  @Test
  void aWebhookLooksAsAgreed() throws IOException {
    looksAs(
        "webhook.json",
        new CreatedWebhookView(
            "5f3b1c9e-2d4a-4f6b-8c7d-9e0f1a2b3c4d",
            "https://example.com/hook",
            List.of("task.completed", "task.failed", "task.cancelled"),
            List.of("sat-buddy.chat"),
            "grades",
            NINE,
            null,
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  }

  @Test
  void aDeliveryLooksAsAgreed() throws IOException {
    looksAs(
        "webhook-delivery.json",
        new DeliveryView(
            "01980f3e-7b1a-7c3d-8e4f-0123456789ac",
            "task.completed",
            TASK,
            "queued",
            1,
            10,
            NINE.plusSeconds(4),
            NINE.plusSeconds(5),
            null,
            new TaskView.WaitingView(
                "retry", "The receiver answered 503.", NINE.plusSeconds(10), null),
            null,
            null));
  }

  @Test
  void aMessageLooksAsAgreed() throws IOException {
    looksAs(
        "webhook-message.json",
        new WebhookEventView("task.completed", NINE.plusSeconds(4), golden("task-completed.json")));
  }
}
