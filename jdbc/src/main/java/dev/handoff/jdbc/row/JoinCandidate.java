package dev.handoff.jdbc.row;

import dev.handoff.TaskId;
import dev.handoff.jdbc.sql.Row;
import dev.handoff.store.NewTask;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The open task that has a join key.
public record JoinCandidate(TaskId id, boolean waits, int priority, @Nullable Instant startAt) {
  public static final String COLUMNS = "id, join_key, state, priority, start_at";

  public static JoinCandidate read(Row row) throws SQLException {
    return new JoinCandidate(
        TaskRows.id(row),
        row.text("state").equals("queued"),
        row.smallNumber("priority"),
        row.timeOrNull("start_at"));
  }

  public static JoinCandidate of(NewTask task) {
    return new JoinCandidate(
        task.id(),
        true,
        TaskRows.number(task.submission().priority()),
        task.submission().startAt());
  }

  /// Whether it runs, or will run no later and with no lower priority than this task would. Whoever
  /// submits what is to run now is not made to wait for what somebody put off.
  public boolean serves(NewTask task) {
    return !waits
        || (priority >= TaskRows.number(task.submission().priority())
            && (startAt == null || !startAt.isAfter(task.dueAt())));
  }
}
