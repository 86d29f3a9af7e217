package dev.handoff.spring.webhooks;

import dev.handoff.Handoff;
import dev.handoff.Limits;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.Sharing;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Deliveries as tasks: their type, submit and lookup. The owner of a delivery is its webhook, so
/// it is in no caller's list of tasks. Safe for use by many threads.
final class Deliveries {
  /// The largest page of deliveries.
  static final int PAGE = 50;

  private static final String NAME = "handoff.webhook";

  /// As the Standard Webhooks specification proposes: ten attempts in three days.
  private static final RetryPolicy SCHEDULE =
      RetryPolicy.schedule(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  /// The largest number of slow receivers at once on one node.
  private static final int AT_ONCE = 50;

  private static final Duration HARD_LIMIT = WebhookSender.CALL_TIMEOUT.plusSeconds(5);

  private final TaskType<Delivery, Delivery.DeliveryReceipt> type;

  /// Creates the type; finished deliveries are kept for this long.
  Deliveries(Duration kept) {
    Policy policy =
        Policy.DEFAULTS
            .withRetry(SCHEDULE)
            .withLimits(Limits.hard(HARD_LIMIT).withSoft(WebhookSender.CALL_TIMEOUT))
            .withConcurrency(AT_ONCE)
            .withRetention(kept)
            // An end may be announced twice; it is delivered once.
            .withSharing(Sharing.joining().caching(kept, Sharing.Scope.OWNER));
    this.type =
        TaskType.of(NAME, Delivery.class, Delivery.DeliveryReceipt.class)
            .withPolicy(policy)
            .identifiedBy(delivery -> Optional.of(delivery.message()));
  }

  TaskType<Delivery, Delivery.DeliveryReceipt> type() {
    return type;
  }

  /// Returns the owner of a webhook's deliveries.
  static String ownerOf(String webhook) {
    return "webhook:" + webhook;
  }

  /// The event of a delivery, and its task if it has one.
  record DeliverySubject(String event, Optional<String> task) {
    static DeliverySubject of(Task delivery) {
      String[] words = delivery.submission().subjectKey().orElse("").split(" ", 2);
      return new DeliverySubject(
          words[0], words.length == 2 ? Optional.of(words[1]) : Optional.empty());
    }

    @Override
    public String toString() {
      return event + task.map(id -> " " + id).orElse("");
    }
  }

  /// Submits a delivery, unless there is one with the same message.
  TaskId submit(Handoff handoff, Webhook webhook, Delivery delivery, DeliverySubject about) {
    Submission by = Submission.by(ownerOf(webhook.id())).about(about.toString());
    String tenant = webhook.scope().tenant();
    return handoff.submit(type, delivery, tenant.isEmpty() ? by : by.inTenant(tenant));
  }

  /// Returns a webhook's deliveries, newest first; each costs one read.
  List<Task> of(Handoff handoff, String webhook, Optional<TaskId> before, int atMost) {
    return handoff.list(TaskQuery.by(ownerOf(webhook)), before, atMost).stream()
        .flatMap(summary -> handoff.find(summary.id()).stream())
        .toList();
  }

  /// Returns one of a webhook's deliveries.
  Optional<Task> find(Handoff handoff, String webhook, String id) {
    return TaskId.parse(id)
        .flatMap(handoff::find)
        .filter(task -> task.submission().owner().equals(ownerOf(webhook)));
  }
}
