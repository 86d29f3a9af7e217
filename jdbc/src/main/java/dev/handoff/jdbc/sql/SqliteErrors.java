package dev.handoff.jdbc.sql;

import dev.handoff.HandoffException;
import dev.handoff.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Translates errors of SQLite. Messages name neither statements nor files; the cause does, for the
/// operator.
public final class SqliteErrors {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration AFTER_HELP = Duration.ofSeconds(5);

  private SqliteErrors() {}

  /// Returns whether the exception is one of SQLite's driver, also where that is not on the class
  /// path.
  public static boolean isSqlite(SQLException e) {
    return e.getClass().getName().startsWith("org.sqlite.");
  }

  public static HandoffException translate(SQLException e) {
    return switch (primaryCode(e)) {
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
          new StoreUnavailableException(
              "the task store is busy with another write; try again shortly", SOON, e);
      case SQLITE_FULL ->
          new StoreUnavailableException(
              "the disk of the task store is full; make room, then try again", AFTER_HELP, e);
      case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_NOMEM, SQLITE_READONLY ->
          new StoreUnavailableException(
              "the file of the task store cannot be read or written; look at the disk and its"
                  + " permissions, then try again",
              AFTER_HELP,
              e);
      default ->
          new HandoffException(
              "the database refused a statement; nothing of this call was written, see the cause",
              e);
    };
  }

  public static StoreUnavailableException closed() {
    return new StoreUnavailableException(
        "the task store is closed; open it again to go on", AFTER_HELP);
  }

  public static StoreUnavailableException queueFull(int limit) {
    return new StoreUnavailableException(
        "the task store has " + limit + " writes waiting, its limit; try again shortly", SOON);
  }

  public static StoreUnavailableException noTurn(Duration waited) {
    return new StoreUnavailableException(
        "another write transaction on the task store's database has been open for "
            + waited.toMillis()
            + " ms; keep transactions short, or call the store within the transaction",
        SOON);
  }

  private static SQLiteErrorCode primaryCode(SQLException e) {
    return e instanceof SQLiteException sqlite
        ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff)
        : SQLiteErrorCode.SQLITE_ERROR;
  }
}
