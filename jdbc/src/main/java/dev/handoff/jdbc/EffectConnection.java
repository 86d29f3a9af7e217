package dev.handoff.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/// The connection as an effect sees it: inside a transaction that it can neither end nor leave.
/// Closing is allowed and does nothing, because libraries close what they are given.
final class EffectConnection {
  private EffectConnection() {}

  static Connection of(Connection connection) {
    InvocationHandler handler =
        (_, method, arguments) -> {
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
