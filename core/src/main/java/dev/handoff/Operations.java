package dev.handoff;

import java.util.List;
import java.util.Optional;

/// What an operator sees and does, over all owners: the application lets nobody else call it. Safe
/// for use by many threads.
public final class Operations {
  /// So many events of a task are read for its attempts; about a mebibyte at a time.
  public static final int EVENTS_READ = 4_096;

  private static final int PAGE = 256;
  private static final int MOST_PAGES = 64;

  private final Handoff handoff;

  Operations(Handoff handoff) {
    this.handoff = handoff;
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

  /// Queues a failed task again, as [Handoff#retry] does.
  public boolean retry(TaskId id) {
    return handoff.retry(id);
  }

  /// Cancels an open task, as [Handoff#cancel] does.
  public boolean cancel(TaskId id, String reason) {
    return handoff.cancel(id, reason);
  }
}
