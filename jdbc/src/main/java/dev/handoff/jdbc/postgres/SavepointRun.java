package dev.handoff.jdbc.postgres;

import dev.handoff.jdbc.sql.PostgresErrors;
import dev.handoff.jdbc.sql.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Writes of one transaction that do not undo each other: what one did before it threw is taken
/// back, and the next one begins where it began. Confined to the session's thread.
public final class SavepointRun {
  private final Session session;
  private final Duration patience;
  private final List<Result> results = new ArrayList<>();

  /// Each waits no longer than this for a lock.
  SavepointRun(Session session, Duration patience) {
    this.session = session;
    this.patience = patience;
  }

  /// How one of them went.
  sealed interface Result {}

  record Done(WriteBatchers.Made made) implements Result {}

  /// Somebody else was in the way.
  record Busy() implements Result {}

  record Refused(RuntimeException refusal) implements Result {}

  /// Does one more.
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

  /// In the order in which they were added.
  List<Result> results() {
    return List.copyOf(results);
  }
}
