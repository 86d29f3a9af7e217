package dev.handoff;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// What an operator sees and does, over all owners: the application lets nobody else call it. Safe
/// for use by many threads.
public final class Operations {
  /// So many events of a task are read for its attempts; about a mebibyte at a time.
  public static final int EVENTS_READ = 4_096;

  private static final int PAGE = 256;
  private static final int MOST_PAGES = 64;

  private final Handoff handoff;
  private final Function<TaskId, Optional<Payload>> requests;
  private final BiFunction<TaskId, String, Optional<Payload>> steps;

  Operations(
      Handoff handoff,
      Function<TaskId, Optional<Payload>> requests,
      BiFunction<TaskId, String, Optional<Payload>> steps) {
    this.handoff = handoff;
    this.requests = requests;
    this.steps = steps;
  }

  /// Returns the tasks that match the query, newest first, as [Handoff#list] does.
  ///
  /// @param atMost 1 to [TaskQuery#PAGE_LIMIT]
  public List<TaskSummary> tasks(TaskQuery query, Optional<TaskId> before, int atMost) {
    return handoff.list(query, before, atMost);
  }

  /// Returns a task with its attempts, as its first [#EVENTS_READ] events tell of them; empty when
  /// the id is unknown or its retention has passed.
  public Optional<TaskHistory> history(TaskId id) {
    return handoff.find(id).map(task -> new TaskHistory(task, attempts(id)));
  }

  private List<AttemptEntry> attempts(TaskId id) {
    TaskHistory.AttemptReading reading = new TaskHistory.AttemptReading();
    long last = 0;
    for (int page = 0; page < MOST_PAGES && last < EVENTS_READ; page++) {
      Optional<EventPage> read = handoff.events(id, LogPosition.after(last), PAGE);
      // After a reset the log is another one than that of the pages before.
      if (read.isEmpty() || read.get().events().isEmpty() || read.get().reset()) {
        break;
      }
      read.get().events().forEach(reading::read);
      last = read.get().events().getLast().seq();
    }
    return reading.attempts();
  }

  /// Returns a task's request as it is stored, without its version; empty when the id is unknown or
  /// its retention has passed. What it holds is somebody's own: note who looked at it.
  public Optional<Payload> request(TaskId id) {
    return requests.apply(id);
  }

  /// Returns a completed task's result as it is stored; empty when it has none.
  public Optional<Payload> result(TaskId id) {
    return handoff
        .find(id)
        .flatMap(task ->
            task.state() instanceof TaskState.Completed completed
                ? Optional.of(completed.result())
                : Optional.empty());
  }

  /// Returns what a step of a task remembers, as it is stored; empty when there is no such step.
  public Optional<Payload> step(TaskId id, String name) {
    return handoff.find(id).isEmpty() ? Optional.empty() : steps.apply(id, name);
  }

  /// Submits the same request once more, for the same owner and due at once. Like any submit, it
  /// may be answered with an equal task that is open or remembered, where the type's [Sharing] says
  /// so.
  ///
  /// @return the task to follow; empty when no task of this type has the id
  /// @throws UnknownTaskTypeException when this node was not started with the type
  /// @throws PayloadException when the type cannot read what is stored any more
  public <Q> Optional<TaskId> copy(TaskType<Q, ?> type, TaskId id) {
    Optional<Task> task = handoff.find(id).filter(one -> one.type().equals(type.name()));
    return task.flatMap(before ->
        handoff
            .request(type, id)
            .map(request -> handoff.submit(type, request, dueAtOnce(before.submission()))));
  }

  private static Submission dueAtOnce(Submission before) {
    return new Submission(
        before.owner(),
        before.tenant(),
        before.subject(),
        before.priority(),
        null,
        before.gates(),
        null);
  }

  /// Queues a failed task again, as [Handoff#retry] does.
  public boolean retry(TaskId id) {
    return handoff.retry(id);
  }

  /// Cancels an open task, as [Handoff#cancel] does.
  public boolean cancel(TaskId id, String reason) {
    return handoff.cancel(id, reason);
  }
}
