package dev.handoff.jdbc.postgres;

import dev.handoff.jdbc.sql.PostgresErrors;
import dev.handoff.jdbc.sql.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs writes of one transaction behind savepoints, so that a failing one does not undo the
/// others. Confined to the session's thread.
public final class SavepointRun {
  private final Session session;
  private final Duration patience;
  private final List<Result> results = new ArrayList<>();

  /// Each write waits at most this long for a lock.
  SavepointRun(Session session, Duration patience) {
    this.session = session;
    this.patience = patience;
  }

  sealed interface Result {}

  record Done(WriteBatchers.Made made) implements Result {}

  /// A lock was not released in time.
  record Busy() implements Result {}

  record Refused(RuntimeException refusal) implements Result {}

  /// Runs one more write.
  ///
  /// @throws SQLException when the transaction is lost
  void add(Session.Work<WriteBatchers.Made> work) throws SQLException {
    Connection connection = session.connection();
    Savepoint before = connection.setSavepoint();
    Result result;
    try {
      result = new Done(session.waitingAtMost(patience, work));
      connection.releaseSavepoint(before);
    } catch (SQLException e) {
      if (PostgresErrors.isAway(e)) {
        throw e;
      }
      connection.rollback(before);
      result =
          PostgresErrors.isLockTimeout(e) || PostgresErrors.isLostTurn(e)
              ? new Busy()
              : new Refused(PostgresErrors.translate(e));
    } catch (RuntimeException e) {
      connection.rollback(before);
      result = new Refused(e);
    }
    results.add(result);
  }

  /// Returns the results in the order of the writes.
  List<Result> results() {
    return List.copyOf(results);
  }
}
