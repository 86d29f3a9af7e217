package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// When messages are sent again, on a clock that the test moves.
final class WebhookScheduleTest {
  private static final List<Duration> SCHEDULE =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private final TestClock clock = TestClock.atNine();

  private TestServer start(Path folder) {
    return TestServer.startAt(
        clock,
        folder,
        "handoff.demo=true",
        "handoff.lease.length=1d",
        "handoff.lease.renew-every=1s",
        "handoff.accounts.access-token-lifetime=30d",
        "handoff.webhooks.allow-http=true",
        "handoff.webhooks.allow-private-addresses=true");
  }

  private static Instant until(JsonNode delivery) {
    return Instant.parse(delivery.path("waiting").path("until").asString(""));
  }

  @Test
  void triesTenTimesInThreeDaysWithTheSameMessage(@TempDir Path folder) {
    try (Receiver receiver = Receiver.start();
        TestServer server = start(folder)) {
      Client asha = server.as("asha@demo.test");
      HttpAnswer webhook = Webhooks.create(asha, receiver.url());
      SCHEDULE.forEach(_ -> receiver.answers(503));
      receiver.answers(500);
      String task = Tasks.message(asha, "What is a median?");

      List<Duration> waits = new ArrayList<>();
      for (int attempt = 1; attempt < 10; attempt++) {
        receiver.await(attempt);
        JsonNode waiting = Webhooks.awaitDelivery(asha, webhook, "queued");
        assertThat(waiting.path("waiting").path("message").asString(""))
            .isEqualTo("The receiver answered 503.");
        waits.add(Duration.between(clock.instant(), until(waiting)));
        clock.set(until(waiting));
      }

      for (int i = 0; i < SCHEDULE.size(); i++) {
        Duration planned = SCHEDULE.get(i);
        assertThat(waits.get(i)).isBetween(planned.multipliedBy(9).dividedBy(10), planned);
      }
      List<Receiver.ReceivedMessage> messages = receiver.await(10);
      assertThat(messages)
          .extracting(Receiver.ReceivedMessage::id)
          .containsOnly(messages.getFirst().id());
      assertThat(messages)
          .extracting(Receiver.ReceivedMessage::body)
          .containsOnly(messages.getFirst().body());
      assertThat(messages)
          .extracting(message -> message.header("Webhook-timestamp"))
          .doesNotHaveDuplicates();
      JsonNode failed = Webhooks.awaitDelivery(asha, webhook, "failed");
      assertThat(failed.path("attempt").asInt()).isEqualTo(10);
      assertThat(failed.path("task").asString("")).isEqualTo(task);
    }
  }

  @Test
  void waitsAsLongAsTheReceiverAsks(@TempDir Path folder) {
    try (Receiver receiver = Receiver.start();
        TestServer server = start(folder)) {
      Client asha = server.as("asha@demo.test");
      HttpAnswer webhook = Webhooks.create(asha, receiver.url());
      List<Map.Entry<String, Duration>> asked =
          List.of(
              Map.entry("90", Duration.ofSeconds(90)),
              Map.entry("0", Duration.ofSeconds(5)),
              Map.entry("99999999", Duration.ofHours(24)));
      asked.forEach(each -> receiver.answers(429, Map.of("Retry-After", each.getKey())));
      var _ = Tasks.message(asha, "What is a median?");

      for (int attempt = 1; attempt <= asked.size(); attempt++) {
        receiver.await(attempt);
        JsonNode waiting = Webhooks.awaitDelivery(asha, webhook, "queued");
        assertThat(Duration.between(clock.instant(), until(waiting)))
            .isEqualTo(asked.get(attempt - 1).getValue());
        clock.set(until(waiting));
      }
      receiver.await(4);
      Webhooks.awaitDelivery(asha, webhook, "completed");
    }
  }

  @Test
  void aReceiverThatDoesNotAnswerIsGivenUpAfter15Seconds(@TempDir Path folder) {
    try (Receiver receiver = Receiver.start();
        TestServer server = start(folder)) {
      Client asha = server.as("asha@demo.test");
      HttpAnswer webhook = Webhooks.create(asha, receiver.url());
      receiver.hangs();
      var _ = Tasks.message(asha, "What is a median?");
      receiver.await(1);

      clock.advance(Duration.ofSeconds(15));

      JsonNode waiting = Webhooks.awaitDelivery(asha, webhook, "queued");
      assertThat(waiting.path("waiting").path("message").asString(""))
          .isEqualTo("The receiver did not answer within 15 seconds.");
      clock.set(until(waiting));
      Webhooks.awaitDelivery(asha, webhook, "completed");
      assertThat(receiver.messages().getLast().id()).isEqualTo(receiver.messages().getFirst().id());
    }
  }

  @Test
  void theOldSecretEndsAfterADay(@TempDir Path folder) {
    try (Receiver receiver = Receiver.start();
        TestServer server = start(folder)) {
      Client asha = server.as("asha@demo.test");
      HttpAnswer webhook = Webhooks.create(asha, receiver.url());
      asha.post(Webhooks.path(webhook) + "/secret");
      clock.advance(Duration.ofHours(24).minusMillis(1));
      asha.post(Webhooks.path(webhook) + "/test");
      receiver.await(1);
      clock.advance(Duration.ofMillis(1));
      asha.post(Webhooks.path(webhook) + "/test");

      assertThat(receiver.await(2))
          .extracting(message -> message.header("Webhook-signature").split(" ", -1).length)
          .containsExactly(2, 1);
    }
  }
}
