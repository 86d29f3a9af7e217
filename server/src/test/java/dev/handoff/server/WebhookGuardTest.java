package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Nobody gets into the network around the server by a webhook.
final class WebhookGuardTest {
  @Test
  void addressesOfThisNetworkAreRefused(@TempDir Path folder) {
    try (Receiver receiver = Receiver.start();
        TestServer server =
            TestServer.start(folder, "handoff.demo=true", "handoff.webhooks.allow-http=true")) {
      Client asha = server.as("asha@demo.test");
      for (String host :
          List.of(
              "127.0.0.1",
              "localhost",
              "LOCALHOST",
              "a.localhost",
              "2130706433",
              "0.0.0.0",
              "10.0.0.1",
              "172.16.0.1",
              "192.168.1.1",
              "169.254.169.254",
              "100.64.0.1",
              "[::1]",
              "[::]",
              "[::ffff:127.0.0.1]",
              "[::ffff:7f00:1]",
              "[fe80::1]",
              "[fd00:ec2::254]",
              "[64:ff9b::7f00:1]")) {
        HttpAnswer refused =
            asha.post(Webhooks.PATH, json("{'url':'http://%s:%s/'}", host, receiver.port()));
        assertThat(refused.status()).as(host).isEqualTo(422);
      }
      // What a name means is looked at when it is used; many machines call their loopback so.
      HttpAnswer byName = Webhooks.create(asha, "http://ip6-localhost:" + receiver.port() + "/");
      asha.post(Webhooks.path(byName) + "/test");
      JsonNode failed = Webhooks.awaitDelivery(asha, byName, "failed");
      assertThat(failed.path("error").path("message").asString(""))
          .startsWith("The receiver")
          .doesNotContain("::1", "localhost");
      assertThat(receiver.messages()).isEmpty();
    }
  }

  @Test
  void plainHttpIsRefusedUnlessItIsAllowed(@TempDir Path folder) {
    try (TestServer server = TestServer.start(folder, "handoff.demo=true")) {
      Client asha = server.as("asha@demo.test");
      assertThat(asha.post(Webhooks.PATH, json("{'url':'http://example.com/'}")).status())
          .isEqualTo(422);
      Webhooks.create(asha, "https://example.com/hook");
    }
  }
}
