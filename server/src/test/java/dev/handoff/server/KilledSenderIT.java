package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server process that is killed after a task ended, before its receiver took the message.
final class KilledSenderIT {
  @Test
  void theNextProcessTellsWhatTheKilledOneCouldNot(@TempDir Path folder) throws Exception {
    try (Receiver receiver = Receiver.start();
        KillableServer server =
            KillableServer.over(
                folder,
                "handoff.webhooks.allow-http=true",
                "handoff.webhooks.allow-private-addresses=true")) {
      Client asha = server.start().as("asha@demo.test");
      HttpAnswer webhook = Webhooks.create(asha, receiver.url());
      receiver.hangs();
      String task = Tasks.message(asha, "What is a median?");
      receiver.await(1);
      server.kill();

      server.start();
      Webhooks.awaitDelivery(asha, webhook, "completed");
      List<Receiver.ReceivedMessage> messages = receiver.await(2);

      assertThat(messages).hasSize(2);
      assertThat(messages.get(1).id()).isEqualTo(messages.get(0).id());
      assertThat(messages.get(1).body()).isEqualTo(messages.get(0).body());
      assertThat(messages.get(1).json().path("data").path("id").asString("")).isEqualTo(task);
      messages.forEach(message -> Webhooks.verify(message, webhook.text("secret")));
    }
  }
}
