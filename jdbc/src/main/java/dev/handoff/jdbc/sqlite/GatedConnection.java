package dev.handoff.jdbc.sqlite;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/// An application's connection that enters the write gate before it writes. A transaction enters at
/// its first statement and leaves at its end. A statement outside a transaction enters while it
/// runs, unless it is a query. Read-only connections do not enter.
public final class GatedConnection implements InvocationHandler {
  private final Connection pooled;
  private final SQLiteConnection driver;
  private final WriteGate gate;
  private final Duration patience;
  private final boolean pooledAutoCommit;
  private boolean autoCommit;
  private boolean readOnly;
  private boolean begun;
  private boolean closed;

  private GatedConnection(Connection pooled, WriteGate gate, Duration patience)
      throws SQLException {
    this.pooled = pooled;
    this.driver = pooled.unwrap(SQLiteConnection.class);
    this.pooledAutoCommit = driver.getAutoCommit();
    this.autoCommit = pooledAutoCommit;
    this.gate = gate;
    this.patience = patience;
  }

  public static Connection of(Connection pooled, WriteGate gate, Duration patience)
      throws SQLException {
    GatedConnection gated = new GatedConnection(pooled, gate, patience);
    // An application's pool may begin transactions by itself; here they begin in their turn.
    gated.driver.setAutoCommit(true);
    return proxy(Connection.class, gated);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return switch (method.getName()) {
      case "setAutoCommit" -> setAutoCommit(flag(arguments));
      case "getAutoCommit" -> autoCommit;
      case "setReadOnly" -> setReadOnly(flag(arguments));
      case "isReadOnly" -> readOnly;
      case "commit" -> end(TransactionEnd.COMMIT);
      case "rollback" ->
          arguments == null ? end(TransactionEnd.ROLLBACK) : call(pooled, method, arguments);
      case "setSavepoint" -> {
        beginIfNeeded();
        yield call(pooled, method, arguments);
      }
      case "createStatement", "prepareStatement", "prepareCall" ->
          gated((Connection) proxy, (Statement) required(call(pooled, method, arguments)));
      case "close" -> close();
      case "isClosed" -> closed || pooled.isClosed();
      default -> call(pooled, method, arguments);
    };
  }

  private enum TransactionEnd {
    COMMIT,
    ROLLBACK
  }

  private @Nullable Object setAutoCommit(boolean wanted) throws SQLException {
    if (wanted && begun) {
      finish(TransactionEnd.COMMIT);
    }
    autoCommit = wanted;
    return null;
  }

  private @Nullable Object setReadOnly(boolean wanted) throws SQLException {
    if (begun) {
      throw new SQLException("a transaction cannot change between reading and writing");
    }
    if (wanted != readOnly) {
      try (Statement pragma = driver.createStatement()) {
        pragma.execute(wanted ? "pragma query_only = on" : "pragma query_only = off");
      }
      readOnly = wanted;
    }
    return null;
  }

  private @Nullable Object end(TransactionEnd ending) throws SQLException {
    if (autoCommit) {
      throw new SQLException("there is no transaction: auto-commit is on");
    }
    if (begun) {
      finish(ending);
    }
    return null;
  }

  private @Nullable Object close() throws SQLException {
    if (!closed) {
      closed = true;
      try {
        if (begun) {
          finish(TransactionEnd.ROLLBACK);
        }
        setReadOnly(false);
        if (!pooledAutoCommit) {
          SqliteTransaction.beginReading(driver);
        }
      } finally {
        pooled.close();
      }
    }
    return null;
  }

  private void beginIfNeeded() throws SQLException {
    if (autoCommit || begun) {
      return;
    }
    if (readOnly) {
      SqliteTransaction.beginReading(driver);
    } else {
      enterGate();
      try {
        SqliteTransaction.beginWriting(driver);
      } catch (SQLException e) {
        gate.leave();
        throw e;
      }
    }
    begun = true;
  }

  private void finish(TransactionEnd ending) throws SQLException {
    begun = false;
    try {
      switch (ending) {
        case COMMIT -> SqliteTransaction.commit(driver);
        case ROLLBACK -> SqliteTransaction.rollback(driver);
      }
    } finally {
      if (!readOnly) {
        gate.leave();
      }
    }
  }

  private void enterGate() throws SQLException {
    if (gate.isHeldByThisThread()) {
      throw new SQLException(
          "this thread has a write transaction open on another connection to this database and"
              + " would wait for itself; use one connection, or end the other transaction first");
    }
    try {
      if (!gate.enter(patience)) {
        throw new SQLTransientException(
            "no turn to write within "
                + patience.toMillis()
                + " ms: another transaction is open for too long; keep transactions short");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientException("interrupted while waiting for the turn to write", e);
    }
  }

  private Object gated(Connection proxy, Statement statement) {
    InvocationHandler handler =
        (ignored, method, arguments) ->
            switch (method.getName()) {
              case "getConnection" -> proxy;
              case "executeQuery" -> {
                beginIfNeeded();
                yield call(statement, method, arguments);
              }
              case "execute",
                  "executeUpdate",
                  "executeBatch",
                  "executeLargeUpdate",
                  "executeLargeBatch" ->
                  write(statement, method, arguments);
              default -> call(statement, method, arguments);
            };
    return switch (statement) {
      case CallableStatement ignored -> proxy(CallableStatement.class, handler);
      case PreparedStatement ignored -> proxy(PreparedStatement.class, handler);
      default -> proxy(Statement.class, handler);
    };
  }

  private @Nullable Object write(Statement statement, Method method, Object @Nullable [] arguments)
      throws Throwable {
    beginIfNeeded();
    if (begun || readOnly) {
      return call(statement, method, arguments);
    }
    enterGate();
    try {
      return call(statement, method, arguments);
    } finally {
      gate.leave();
    }
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static boolean flag(Object @Nullable [] arguments) {
    return arguments != null && Boolean.TRUE.equals(arguments[0]);
  }

  private static Object required(@Nullable Object value) {
    if (value == null) {
      throw new IllegalStateException("the driver gave nothing");
    }
    return value;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            GatedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
