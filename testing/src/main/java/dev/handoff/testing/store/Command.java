package dev.handoff.testing.store;

import dev.handoff.Role;
import dev.handoff.TaskEvent;
import dev.handoff.TaskQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One step of a random life of a store. Tasks, leases and nodes are named by numbers that are
/// taken modulo what there is, so a list of commands still means something when some are left out.
sealed interface Command {
  /// What becomes of the application's transaction around a submit.
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

  record Submit(List<TaskDraft> drafts, Duration delay, Around around) implements Command {}

  record ClaimMany(int node, Map<String, Integer> rooms, int atMost) implements Command {}

  record ClaimOne(int node, int task) implements Command {}

  record Report(int lease, List<TaskEvent> events) implements Command {}

  record Finish(int lease, Ending ending, EffectEnds effect) implements Command {}

  record SaveStep(int lease, String name, String value) implements Command {}

  record CancelTask(int task) implements Command {}

  record RetryTask(int task) implements Command {}

  /// All pages of a list, each at most so large. Times are told from now on backwards.
  record ListTasks(TaskQuery query, Duration from, Duration until, int atMost) implements Command {}

  record JoinNode(int node, Role role) implements Command {}

  record RenewNode(int node) implements Command {}

  record LeaveNode(int node) implements Command {}

  record Rescue(int atMost) implements Command {}

  record Purge(int atMost) implements Command {}

  record Advance(Duration by) implements Command {}

  record Restart() implements Command {}

  sealed interface Ending {
    record Completes(String result) implements Ending {}

    record Fails(String message) implements Ending {}

    record Retries(Duration delay) implements Ending {}

    record Snoozes(Duration delay) implements Ending {}

    record Cancels(String reason) implements Ending {}
  }
}
