package dev.handoff.testing.simulation;

import dev.handoff.LoggedEvent;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskState.Cancelled;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskState.Queued;
import dev.handoff.store.NewTask;
import dev.handoff.testing.simulation.ModelRow.QueuePosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One operation on the tables: all of it happens at one time.
record ModelWrite(ModelTables tables, Instant now, ModelCommit commit) {

  /// An operation; the same data gives the same result.
  @FunctionalInterface
  interface Operation<T> {
    T run(ModelWrite write);
  }

  /// Stores a new task and what happens to it at once.
  ModelRow insert(NewTask given, List<TaskEvent> following) {
    LoggedEvent submitted = new LoggedEvent(1, now, new TaskSubmitted(given.dueAt()));
    List<LoggedEvent> logged = new ArrayList<>(List.of(submitted));
    ModelRow row = placed(after(ModelRow.begin(given, submitted), following, logged));
    commit.submitted(given);
    store(row, logged);
    return row;
  }

  /// Stores what happens to a task.
  ModelRow append(ModelRow before, List<TaskEvent> events) {
    if (events.isEmpty()) {
      return before;
    }
    List<LoggedEvent> logged = new ArrayList<>();
    ModelRow row = placed(after(before, events, logged));
    store(row, logged);
    if (before.task().state() instanceof Processing
        && !row.given().submission().gates().isEmpty()) {
      commit.tasksMayStart();
    }
    return row;
  }

  private ModelRow after(ModelRow before, List<TaskEvent> events, List<LoggedEvent> logged) {
    ModelRow row = before;
    for (TaskEvent event : events) {
      LoggedEvent each = new LoggedEvent(row.nextEvent(), now, kept(event));
      row = row.after(each);
      logged.add(each);
    }
    return row;
  }

  // With times as they will be read.
  private static TaskEvent kept(TaskEvent event) {
    return switch (event) {
      case AttemptFailed(int attempt, var failure, Instant retryAt) ->
          new AttemptFailed(attempt, failure, ModelTimes.kept(retryAt));
      case AttemptSnoozed(Instant until, String message) ->
          new AttemptSnoozed(ModelTimes.kept(until), message);
      // The times of the others are the store's own.
      case TaskEvent.OutputReset ignored -> event;
      case TaskSubmitted ignored -> event;
      case TaskEvent.AttemptStarted ignored -> event;
      case TaskEvent.ProgressReported ignored -> event;
      case TaskEvent.LineLogged ignored -> event;
      case TaskEvent.ChunkEmitted ignored -> event;
      case TaskEvent.UsageRecorded ignored -> event;
      case TaskEvent.TaskRescued ignored -> event;
      case TaskEvent.TaskRetried ignored -> event;
      case TaskEvent.TaskCompleted ignored -> event;
      case TaskEvent.TaskFailed ignored -> event;
      case TaskEvent.TaskCancelled ignored -> event;
    };
  }

  /// Takes its turn when it is due; one that is delayed takes it then, and not from those who wait
  /// now.
  private ModelRow placed(ModelRow row) {
    return switch (row.task().state()) {
      case Queued ignored ->
          row.isDue(now) ? ready(row) : row.with(new QueuePosition(row.position().start(), false));
      case Processing ignored ->
          row.position().start() == null ? row.with(new QueuePosition(0L, true)) : row;
      case Completed ignored -> row;
      case Failed ignored -> row;
      case Cancelled ignored -> row;
    };
  }

  // A task that had a turn before goes to the front.
  private ModelRow ready(ModelRow row) {
    boolean first = row.position().start() == null;
    long start = first ? tables.nextStart(row) : tables.virtualTime(row.queue());
    return row.with(new QueuePosition(start, true));
  }

  /// Lets what has become due of this type be claimed.
  void promote(String type) {
    var delayed = tables.index().delayed(type);
    while (!delayed.isEmpty() && !delayed.first().at().isAfter(now)) {
      tables.put(ready(tables.known(delayed.first().task())));
      delayed = tables.index().delayed(type);
    }
  }

  private void store(ModelRow row, List<LoggedEvent> logged) {
    tables.put(row);
    tables.log(row.given().id(), logged);
    commit.changed(row, List.copyOf(logged));
  }
}
