package dev.handoff.jdbc.row;

import dev.handoff.StoreUnavailableException;
import dev.handoff.jdbc.sql.Causes;
import dev.handoff.jdbc.sql.ConnectionEffect;
import dev.handoff.jdbc.sql.PostgresErrors;
import dev.handoff.jdbc.sql.SqliteErrors;
import dev.handoff.store.EffectFailedException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The connection that an effect sees: it can neither end nor leave the transaction. Closing does
/// nothing, because libraries close what they are given.
public final class EffectConnection {
  private static final String BROKEN = "08006";

  private EffectConnection() {}

  /// Runs effects in the transaction of this connection.
  ///
  /// @throws SQLException when the database is unreachable, busy or full
  /// @throws EffectFailedException for anything else that an effect throws
  public static void apply(List<ConnectionEffect> effects, Connection connection)
      throws SQLException {
    for (ConnectionEffect effect : effects) {
      if (effect instanceof JdbcBudgets.Settling) {
        effect.apply(connection);
      } else {
        applyGiven(effect, connection);
      }
    }
  }

  // Throwable: it is users' code, and the store's thread has to survive it.
  private static void applyGiven(ConnectionEffect effect, Connection connection)
      throws SQLException {
    try {
      effect.apply(of(connection));
    } catch (Throwable thrown) {
      Optional<SQLException> passing = Causes.sql(thrown, EffectConnection::passes);
      if (passing.isPresent()) {
        throw passing.get();
      }
      if (connection.isClosed()) {
        throw new SQLException("the connection broke under an effect", BROKEN, thrown);
      }
      throw new EffectFailedException(thrown);
    }
  }

  // A statement that took too long is the effect's own fault.
  private static boolean passes(SQLException e) {
    return SqliteErrors.isSqlite(e)
        ? SqliteErrors.translate(e) instanceof StoreUnavailableException
        : PostgresErrors.isAway(e)
            || PostgresErrors.isLostTurn(e)
            || PostgresErrors.isLockTimeout(e)
            || PostgresErrors.isOutOfRoom(e);
  }

  static Connection of(Connection connection) {
    InvocationHandler handler =
        (ignored, method, arguments) -> {
          switch (method.getName()) {
            case "commit", "rollback", "setAutoCommit", "abort", "setReadOnly" ->
                throw new SQLException(
                    "an effect is part of the transaction that finishes its task and cannot call "
                        + method.getName()
                        + "; throw an exception to undo it");
            case "getAutoCommit" -> {
              return false;
            }
            case "close" -> {
              return null;
            }
            default -> {
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            }
          }
        };
    return (Connection)
        Proxy.newProxyInstance(
            EffectConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
  }
}
