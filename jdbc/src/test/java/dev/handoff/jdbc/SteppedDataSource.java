package dev.handoff.jdbc;

import dev.handoff.testing.simulation.SimulatedProcess;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Connections for a simulation: each exchange with the server is one step, in which no other
/// thread of the simulation goes on. The exchange is made on a thread of the JVM's while the
/// simulation's own spins, because a virtual thread that waits for a socket would be woken in real
/// time.
final class SteppedDataSource implements DataSource {
  private static final ExecutorService EXCHANGES =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("simulated-exchange-", 0).factory());

  private final DataSource server;
  private final SimulatedProcess process;

  SteppedDataSource(DataSource server, SimulatedProcess process) {
    this.server = server;
    this.process = process;
  }

  /// Makes the call while the simulation stands still.
  static <T extends @Nullable Object> T step(Callable<T> call) throws Exception {
    if (!Thread.currentThread().isVirtual()) {
      return call.call();
    }
    FutureTask<T> exchange = new FutureTask<>(call);
    EXCHANGES.execute(exchange);
    while (!exchange.isDone()) {
      Thread.onSpinWait();
    }
    boolean interrupted = Thread.interrupted();
    try {
      return exchange.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      Connection connection = step(server::getConnection);
      return stepped(Connection.class, connection, connection);
    } catch (SQLException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Connection getConnection(String username, String password) {
    throw new UnsupportedOperationException("the login is the data source's");
  }

  private <T> T stepped(Class<T> type, T target, Connection connection) {
    InvocationHandler handler =
        (_, method, arguments) ->
            method.getName().equals("getNotifications") && arguments != null
                ? notifications(connection, (int) arguments[0])
                : call(target, method, arguments, connection);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  // What was notified before has arrived by the end of any statement.
  private PGNotification @Nullable [] notifications(Connection connection, int waitFor)
      throws Exception {
    PGNotification[] heard = step(() -> arrived(connection));
    if (heard == null || heard.length == 0) {
      process.sleepUninterruptibly(Duration.ofMillis(waitFor));
      heard = step(() -> arrived(connection));
    }
    return heard;
  }

  private static PGNotification @Nullable [] arrived(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select 1");
    }
    return connection.unwrap(PGConnection.class).getNotifications();
  }

  private @Nullable Object call(
      Object target, Method method, Object @Nullable [] arguments, Connection connection)
      throws Throwable {
    try {
      Object result =
          isExchange(target, method)
              ? step(() -> method.invoke(target, arguments))
              : method.invoke(target, arguments);
      return switch (result) {
        case null -> null;
        case PreparedStatement statement -> stepped(PreparedStatement.class, statement, connection);
        case Statement statement -> stepped(Statement.class, statement, connection);
        case PGConnection driver when method.getName().equals("unwrap") ->
            stepped(PGConnection.class, driver, connection);
        default -> result;
      };
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static boolean isExchange(Object target, Method method) {
    return target instanceof Connection
        ? !method.getName().equals("unwrap") && !method.getName().equals("isWrapperFor")
        : method.getName().startsWith("execute");
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return server.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    server.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    server.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return server.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("dev.handoff.jdbc.simulated");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return server.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return server.isWrapperFor(type);
  }
}
