package dev.handoff.jdbc.sql;

import dev.handoff.HandoffException;
import dev.handoff.StoreUnavailableException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Translates errors of PostgreSQL. Messages name neither statements nor hosts; the cause does, for
/// the operator.
public final class PostgresErrors {
  public static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration AFTER_HELP = Duration.ofSeconds(5);

  private static final String SERIALIZATION = "40001";
  private static final String DEADLOCK = "40P01";
  private static final String READ_ONLY = "25006";
  private static final String REJECTED = "08004";
  private static final String NO_DATABASE = "3D000";
  private static final String NO_RESOURCES = "53";
  private static final String TOO_MANY_CONNECTIONS = "53300";
  private static final String IO_ERROR = "58030";
  private static final String LOCK_TIMEOUT = "55P03";

  /// The server stopped the statement or the transaction because it took too long, or its end is
  /// unknown.
  private static final Set<String> STOPPED = Set.of("57014", "25P03", "25P04", "40003", "55006");

  private PostgresErrors() {}

  public static HandoffException translate(SQLException e) {
    if (isAway(e)) {
      return new StoreUnavailableException(
          "the task store's database cannot be reached; try again shortly", SOON, e);
    }
    if (isLostTurn(e) || isLockTimeout(e)) {
      return new StoreUnavailableException(
          "the task store's database is busy with another write; try again shortly", SOON, e);
    }
    Optional<HandoffException> refused = refusedLogin(e).or(() -> outOfRoom(e));
    if (refused.isPresent()) {
      return refused.get();
    }
    if (e.getSQLState() != null && STOPPED.contains(e.getSQLState())) {
      return new StoreUnavailableException(
          "the task store's database stopped a statement; try again shortly", SOON, e);
    }
    return new HandoffException(
        "the database refused a statement; nothing of this call was written, see the cause", e);
  }

  // Of a pool that got no new connection: the open ones work, and an operator can help. Of a first
  // connection: the settings are wrong.
  private static Optional<HandoffException> refusedLogin(SQLException e) {
    if (!isRefusedLogin(e)) {
      return Optional.empty();
    }
    if (e instanceof SQLTransientConnectionException) {
      return Optional.of(
          new StoreUnavailableException(
              "the task store's database refuses new connections, and no open one was free; look at"
                  + " the server's limits and at the login, then try again",
              SOON,
              e));
    }
    boolean isLogin = e.getSQLState().startsWith("28") || e.getSQLState().equals(NO_DATABASE);
    return isLogin
        ? Optional.of(
            new HandoffException(
                "the database server refuses the login; look at the user, the password and the"
                    + " database's name",
                e))
        : Optional.empty();
  }

  private static Optional<HandoffException> outOfRoom(SQLException e) {
    if (!isOutOfRoom(e)) {
      return Optional.empty();
    }
    String state = e.getSQLState();
    String what =
        switch (state) {
          case "53100" -> "the disk of the task store's database is full; make room";
          case "53200" -> "the task store's database has no memory left; give it more";
          case TOO_MANY_CONNECTIONS ->
              "the task store's database takes no more connections; raise its limit, or lower"
                  + " handoff.store.connections";
          case IO_ERROR -> "the task store's database cannot read or write its disk; look at it";
          default -> "the task store's database is at one of its limits; raise it";
        };
    return Optional.of(
        new StoreUnavailableException(
            what + ", then try again", state.equals(TOO_MANY_CONNECTIONS) ? SOON : AFTER_HELP, e));
  }

  /// The server is out of disk, memory or connections.
  public static boolean isOutOfRoom(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith(NO_RESOURCES) || state.equals(IO_ERROR));
  }

  /// Another transaction has submitted an equal task, and stays open.
  public static StoreUnavailableException equalIsOpen(Throwable cause) {
    return new StoreUnavailableException(
        "an equal task was submitted in a transaction that is still open; try again shortly, and if"
            + " that transaction is this thread's own, submit within it or after its end",
        SOON,
        cause);
  }

  /// The server is unreachable; whether the last statement was committed is unknown. A server that
  /// refuses a login or is out of resources is reachable.
  public static boolean isAway(SQLException e) {
    String state = e.getSQLState();
    return state == null
        ? e instanceof SQLTransientConnectionException
        // A broken connection; an operator's hand; a standby.
        : (state.startsWith("08") && !state.equals(REJECTED))
            || state.startsWith("57P")
            || state.equals(READ_ONLY);
  }

  /// Whether the server refused a new connection; also of the pool's timeout that this caused.
  public static boolean isRefusedLogin(SQLException e) {
    return e.getSQLState() != null && !isAway(e);
  }

  /// Whether an interrupt closed the connection of a call, or kept it from getting one, which has
  /// no SQL state.
  public static boolean isCut(SQLException e) {
    return e.getSQLState() == null || isAway(e);
  }

  /// Returns the outage, the lack of resources or the refused login behind a library's exception,
  /// if there is one.
  public static Optional<HandoffException> unavailableBehind(Throwable complaint) {
    for (Throwable each = complaint; each != null; each = each.getCause()) {
      if (each instanceof SQLException e) {
        HandoffException found = translate(e);
        if (found instanceof StoreUnavailableException || refusedLogin(e).isPresent()) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  /// Rolled back because of another transaction; an immediate retry can succeed.
  public static boolean isLostTurn(SQLException e) {
    String state = e.getSQLState();
    return SERIALIZATION.equals(state) || DEADLOCK.equals(state);
  }

  public static boolean isReadOnly(SQLException e) {
    return READ_ONLY.equals(e.getSQLState());
  }

  /// The wait for a lock took longer than `lock_timeout`.
  public static boolean isLockTimeout(SQLException e) {
    return LOCK_TIMEOUT.equals(e.getSQLState());
  }

  public static boolean isLockTimeout(Throwable e) {
    return e instanceof StoreUnavailableException
        && e.getCause() instanceof SQLException cause
        && isLockTimeout(cause);
  }

  public static StoreUnavailableException queueFull(int limit) {
    return new StoreUnavailableException(
        "the task store has " + limit + " writes waiting, its limit; try again shortly", SOON);
  }

  public static StoreUnavailableException closed() {
    return new StoreUnavailableException("the task store is closed; open it again to go on", SOON);
  }
}
