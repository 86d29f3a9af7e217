package dev.handoff.testing.store;

import dev.handoff.Role;
import dev.handoff.TaskEvent;
import dev.handoff.TaskQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A command of a random test run. Tasks, leases and nodes are named by numbers modulo the number
/// that exists, so that a list of commands stays valid when some are left out.
sealed interface StoreCommand {
  /// The end of the application's transaction around a submit.
  enum Around {
    NOTHING,
    COMMIT,
    ROLLBACK
  }

  /// How an effect of a finish ends.
  enum EffectEnds {
    NO_EFFECT,
    WELL,
    BADLY
  }

  record Submit(List<TaskDraft> drafts, Duration delay, Around around) implements StoreCommand {}

  record ClaimMany(int node, Map<String, Integer> rooms, int atMost) implements StoreCommand {}

  record ClaimOne(int node, int task) implements StoreCommand {}

  record Report(int lease, List<TaskEvent> events) implements StoreCommand {}

  record Finish(int lease, AttemptResult ending, EffectEnds effect) implements StoreCommand {}

  record SaveStep(int lease, String name, String value) implements StoreCommand {}

  record CancelTask(int task) implements StoreCommand {}

  record RetryTask(int task) implements StoreCommand {}

  /// All pages of a list, each at most so large. Times are told from now on backwards.
  record ListTasks(TaskQuery query, Duration from, Duration until, int atMost)
      implements StoreCommand {}

  record JoinNode(int node, Role role) implements StoreCommand {}

  record RenewNode(int node) implements StoreCommand {}

  record LeaveNode(int node) implements StoreCommand {}

  record Rescue(int atMost) implements StoreCommand {}

  record Purge(int atMost) implements StoreCommand {}

  record Advance(Duration by) implements StoreCommand {}

  record Restart() implements StoreCommand {}

  sealed interface AttemptResult {
    record Completes(String result) implements AttemptResult {}

    record Fails(String message) implements AttemptResult {}

    record Retries(Duration delay) implements AttemptResult {}

    record Snoozes(Duration delay) implements AttemptResult {}

    record Cancels(String reason) implements AttemptResult {}
  }
}
