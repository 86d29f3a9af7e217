package dev.handoff.testing.simulation;

import dev.handoff.LoggedEvent;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks that tasks were started in the documented order: by priority, then by fair share between
/// tenants. Applies to runs without faults, where a task waits only for its turn.
final class OrderCheck {
  /// Delayed tasks are promoted about once a second.
  private static final Duration PROMOTED_WITHIN = Duration.ofSeconds(3);

  /// The age from which a task may take a place that is owed to lower priorities.
  private static final Duration OWED_AFTER = Duration.ofSeconds(5);

  /// The largest lead of another tenant: a node's claim when the task's turn begins, and one when
  /// it starts.
  private static final int TOLERANCE = 2 * SimulatedNode.CONCURRENCY;

  private final int nodes;
  private final RunHistory history;
  private final Map<String, List<StartedTask>> ofType = new LinkedHashMap<>();

  OrderCheck(int nodes, RunHistory history) {
    this.nodes = nodes;
    this.history = history;
  }

  private record StartedTask(
      TaskId id, Submission submission, Instant created, Instant due, Instant at) {
    String tenant() {
      return submission.tenantName().orElse("");
    }
  }

  /// Takes note of a task. One that another submit may have joined is left out: it may have been
  /// brought forward.
  void add(Task task, List<LoggedEvent> events) {
    if (task.type().equals(SimulatedTypes.JOINED.name())
        || task.type().equals(SimulatedTypes.CACHED.name())
        || !(events.getFirst().event() instanceof TaskSubmitted(Instant due))) {
      return;
    }
    Optional<LoggedEvent> first =
        events.stream().filter(each -> each.event() instanceof AttemptStarted).findFirst();
    if (first.isPresent()) {
      Instant from = due.isAfter(events.getFirst().at()) ? due : events.getFirst().at();
      ofType
          .computeIfAbsent(task.type(), ignored -> new ArrayList<>())
          .add(
              new StartedTask(
                  task.id(), task.submission(), events.getFirst().at(), from, first.get().at()));
    }
  }

  void judge() {
    for (List<StartedTask> started : ofType.values()) {
      for (StartedTask one : started) {
        judgePriority(one, started);
        judgeShare(one, started);
      }
    }
  }

  // Lower priorities are owed a place of ten of each type and of all, once they have aged. Each
  // node counts for itself.
  private void judgePriority(StartedTask late, List<StartedTask> all) {
    Instant from = late.due().plus(PROMOTED_WITHIN);
    List<StartedTask> meanwhile =
        all.stream()
            .filter(other -> other.at().isAfter(from) && other.at().isBefore(late.at()))
            .toList();
    List<StartedTask> lower =
        meanwhile.stream()
            .filter(
                other -> other.submission().priority().compareTo(late.submission().priority()) < 0)
            .toList();
    lower.stream()
        .filter(other -> other.at().isBefore(other.created().plus(OWED_AFTER)))
        .findFirst()
        .ifPresent(other -> history.wrong(late + " waited for the less urgent " + other));
    if (lower.size() > 2 * nodes + meanwhile.size() / 5) {
      history.wrong(
          "%s waited for %d less urgent ones of %d"
              .formatted(late, lower.size(), meanwhile.size()));
    }
  }

  // Between a task's turn and its start every other tenant gets about as many starts as its own
  // has; a tenant that submits at several nodes gets a share at each of them.
  private void judgeShare(StartedTask late, List<StartedTask> all) {
    Map<String, Integer> meanwhile = new LinkedHashMap<>();
    for (StartedTask other : all) {
      if (other.submission().priority() == late.submission().priority()
          && other.at().isAfter(late.due())
          && other.at().isBefore(late.at())) {
        meanwhile.merge(other.tenant(), 1, Integer::sum);
      }
    }
    int own = 1 + meanwhile.getOrDefault(late.tenant(), 0);
    meanwhile.forEach((tenant, starts) -> {
      if (!tenant.equals(late.tenant()) && starts > nodes * (own + TOLERANCE)) {
        history.wrong(
            late + " had to wait for " + starts + " of " + tenant + ", " + own + " of its own");
      }
    });
  }
}
