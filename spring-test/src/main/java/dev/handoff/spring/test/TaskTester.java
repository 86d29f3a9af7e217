package dev.handoff.spring.test;

import dev.handoff.Handoff;
import dev.handoff.LoggedEvent;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.TaskType;
import dev.handoff.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// Runs tasks on the calling thread, and moves the clock where a task waits: between attempts,
/// after a snooze, until its start. A test with retries of minutes takes milliseconds. Used by one
/// thread at a time.
public final class TaskTester {
  /// Whose tasks they are, where a test does not say.
  public static final Submission BY_TESTER = Submission.by("tester");

  private static final int EVENTS_AT_MOST = 100_000;
  private static final int WAITS_AT_MOST = 1_000;

  private final Handoff handoff;
  private final TestClock clock;

  /// Over an engine that was started by hand, on a store with this clock.
  public TaskTester(Handoff handoff, TestClock clock) {
    this.handoff = handoff;
    this.clock = clock;
  }

  /// Hands off a task, which does not start before something is run.
  public <Q> TaskId submit(TaskType<Q, ?> type, Q request) {
    return handoff.submit(type, request, BY_TESTER);
  }

  /// Hands off a task and runs it to its end.
  ///
  /// @return its result
  /// @throws AssertionError when it did not complete, saying why
  public <Q, R> R run(TaskType<Q, R> type, Q request) {
    Task ended = runToEnd(submit(type, request));
    return handoff
        .result(type, ended)
        .orElseThrow(() ->
            new AssertionError(
                ended.result().isPresent()
                    ? "completed, but a result of the type Void has no value; use runToEnd"
                    : "not completed: " + ended.state()));
  }

  /// Runs what is due, and moves the clock to each time that the task waits for, until it ended.
  ///
  /// @return the task at its end
  /// @throws AssertionError when it waits for more than 1,000 times, or for something else than
  ///   time
  public Task runToEnd(TaskId id) {
    for (int waits = 0; waits <= WAITS_AT_MOST; waits++) {
      handoff.runDue();
      Task task = task(id);
      if (task.isTerminal()) {
        return task;
      }
      advanceTo(task);
    }
    throw new AssertionError("still not over: " + task(id).state());
  }

  private void advanceTo(Task task) {
    Instant now = clock.instant();
    if (task.state() instanceof TaskState.Queued(Instant dueAt, var ignored)
        && dueAt.isAfter(now)) {
      clock.set(dueAt);
    } else {
      throw new AssertionError("waits for something else than time: " + task.state());
    }
  }

  /// Moves the clock on by this much and runs what is due then.
  public void advance(Duration by) {
    clock.advance(by);
    handoff.runDue();
  }

  /// The task as it stands.
  ///
  /// @throws AssertionError when there is none, or its retention has passed
  public Task task(TaskId id) {
    return handoff.find(id).orElseThrow(() -> new AssertionError("no task " + id));
  }

  /// All that happened to the task, in order.
  public List<TaskEvent> events(TaskId id) {
    return handoff.events(id, 0, EVENTS_AT_MOST).stream().map(LoggedEvent::event).toList();
  }

  /// What its handler put out, in one piece.
  public String text(TaskId id) {
    return events(id).stream()
        .filter(TaskEvent.ChunkEmitted.class::isInstance)
        .map(event -> ((TaskEvent.ChunkEmitted) event).text())
        .collect(Collectors.joining());
  }
}
