package dev.handoff.jdbc.row;

import dev.handoff.TaskId;
import dev.handoff.jdbc.sql.Millis;
import dev.handoff.jdbc.sql.ResultRow;
import dev.handoff.store.NewTask;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A stored task that an equal one may join.
///
/// @param expiresAt until when it is found; null before its end
public record JoinCandidate(
    TaskId id,
    boolean waits,
    int priority,
    @Nullable Instant startAt,
    @Nullable Instant startBefore,
    @Nullable Instant expiresAt) {
  public static final String COLUMNS =
      "id, join_key, state, priority, start_at, start_before, expires_at";

  public static JoinCandidate read(ResultRow row) throws SQLException {
    return new JoinCandidate(
        TaskRows.id(row),
        // One that is found by the caller's own key is joined always.
        row.text("state").equals("queued")
            && !row.text("join_key").startsWith(NewTask.Equality.OWN_KEY),
        row.smallNumber("priority"),
        row.timeOrNull("start_at"),
        row.timeOrNull("start_before"),
        row.timeOrNull("expires_at"));
  }

  public static JoinCandidate of(NewTask task) {
    return new JoinCandidate(
        task.id(),
        !task.equality().hasOwnKey(),
        TaskRows.number(task.submission().priority()),
        task.submission().startAt(),
        task.submission().startBefore(),
        null);
  }

  /// Whether it is still found, and runs, or will run no later and with no lower priority than
  /// `task` would, and may start for as long. An urgent task does not wait for one that was
  /// delayed.
  public boolean serves(NewTask task, Instant now) {
    if (task.equality().replaces()) {
      return false;
    }
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      return false;
    }
    return !waits
        || (priority >= TaskRows.number(task.submission().priority())
            && (startAt == null || !startAt.isAfter(task.dueAt()))
            && mayStartAsLongAs(task));
  }

  private boolean mayStartAsLongAs(NewTask task) {
    Instant asked = task.submission().startBefore();
    return startBefore == null || (asked != null && !startBefore.isBefore(Millis.truncated(asked)));
  }
}
