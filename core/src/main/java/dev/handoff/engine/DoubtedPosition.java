package dev.handoff.engine;

import dev.handoff.LogPosition;
import dev.handoff.Task;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The position of a reader that knows only the number of an event, where an older copy of the data
/// may have replaced the log since.
public final class DoubtedPosition {
  private static final Duration NOTICED_WITHIN = Duration.ofMinutes(1);

  private DoubtedPosition() {}

  /// Returns a position that no log has if the reader may have seen another event with this number;
  /// otherwise the position as it is.
  public static LogPosition of(TaskStore store, Task task, LogPosition position) {
    Optional<Instant> replaced = store.replacedAt().filter(task.timeline().createdAt()::isBefore);
    boolean bare = position.after() > 0 && position.at() == null;
    boolean over = task.isTerminal() && position.after() == task.activity().lastEvent();
    if (replaced.isEmpty() || !bare || over) {
      return position;
    }
    Instant from = replaced.get().minus(NOTICED_WITHIN);
    return store.events(task.id(), position.after() - 1, 1).stream()
            .allMatch(event -> event.at().isBefore(from))
        ? position
        : new LogPosition(position.after(), Instant.EPOCH);
  }
}
