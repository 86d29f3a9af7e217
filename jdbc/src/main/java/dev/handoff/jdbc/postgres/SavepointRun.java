package dev.handoff.jdbc.postgres;

import dev.handoff.TaskId;
import dev.handoff.jdbc.sql.PostgresErrors;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Runs writes of one transaction behind savepoints, so that a failing one does not undo the
/// others. Confined to the session's thread.
public final class SavepointRun {
  private final SqlSession session;
  private final Duration patience;
  private final List<WriteResult> results = new ArrayList<>();

  /// Each write waits at most this long for a lock.
  SavepointRun(SqlSession session, Duration patience) {
    this.session = session;
    this.patience = patience;
  }

  sealed interface WriteResult {}

  record CommittedWrite(AnnouncedResult<Set<TaskId>> made) implements WriteResult {}

  /// A lock was not released in time.
  record LockBusy() implements WriteResult {}

  record RejectedWrite(RuntimeException refusal) implements WriteResult {}

  /// Runs one more write.
  ///
  /// @throws SQLException when the transaction is lost
  void add(SqlSession.SqlCall<AnnouncedResult<Set<TaskId>>> work) throws SQLException {
    Connection connection = session.connection();
    Savepoint before = connection.setSavepoint();
    WriteResult result;
    try {
      result = new CommittedWrite(session.waitingAtMost(patience, work));
      connection.releaseSavepoint(before);
    } catch (SQLException e) {
      if (PostgresErrors.isAway(e)) {
        throw e;
      }
      connection.rollback(before);
      result =
          PostgresErrors.isLockTimeout(e) || PostgresErrors.isLostTurn(e)
              ? new LockBusy()
              : new RejectedWrite(PostgresErrors.translate(e));
    } catch (RuntimeException e) {
      connection.rollback(before);
      result = new RejectedWrite(e);
    }
    results.add(result);
  }

  /// Returns the results in the order of the writes.
  List<WriteResult> results() {
    return List.copyOf(results);
  }
}
