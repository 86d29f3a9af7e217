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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
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

  private static final int LOOK_EVERY_MILLIS = 10;

  /// Of some tenths of a millisecond each.
  private static final int MOST_QUESTIONS = 1_000;

  private static final String NUMBER = "simulated ";

  /// What a connection does without its server.
  private static final Set<String> LOCAL =
      Set.of(
          "prepareStatement",
          "createStatement",
          "getAutoCommit",
          "isClosed",
          "unwrap",
          "isWrapperFor",
          "equals",
          "hashCode",
          "toString");

  private final DataSource server;
  private final SimulatedProcess process;
  private final AtomicLong told;

  /// The sessions that listen, and the number of what each has heard.
  private final Map<Connection, Long> heard = new HashMap<>();

  private boolean refusing;

  /// Connections of this process.
  ///
  /// @param told counts the statements that notified, of all processes
  SteppedDataSource(DataSource server, SimulatedProcess process, AtomicLong told) {
    this.server = server;
    this.process = process;
    this.told = told;
  }

  /// Ends the session that listens; while it refuses there is no other connection than those that
  /// are open.
  void refuse(boolean refuse) throws SQLException {
    refusing = refuse;
    for (Connection session : heard.keySet()) {
      session.close();
    }
    heard.clear();
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
    if (refusing) {
      throw new SQLException("sorry, too many clients already", "53300");
    }
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
    NotificationReader hearing = new NotificationReader(connection);
    InvocationHandler handler =
        (_, method, arguments) ->
            method.getName().equals("getNotifications") && arguments != null
                ? hearing.notifications((int) arguments[0])
                : call(target, method, arguments, connection);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /// What a session hears. The server tells a session a moment after the statement that told it has
  /// ended, so each of those is followed by its number: up to there the session is asked, and not
  /// at all where nobody told anything.
  private final class NotificationReader {
    private final Connection connection;

    private NotificationReader(Connection connection) {
      this.connection = connection;
    }

    private PGNotification @Nullable [] notifications(int waitFor) throws Exception {
      for (int waited = 0; waited < waitFor && heardAll(); waited += LOOK_EVERY_MILLIS) {
        process.sleepUninterruptibly(Duration.ofMillis(LOOK_EVERY_MILLIS));
      }
      return heardAll() ? null : step(this::arrived);
    }

    private boolean heardAll() {
      return heard.getOrDefault(connection, 0L) == told.get();
    }

    private PGNotification[] arrived() throws SQLException {
      List<PGNotification> arrived = new ArrayList<>();
      for (int i = 0; i < MOST_QUESTIONS && !heardAll(); i++) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("select 1");
        }
        PGNotification[] more = connection.unwrap(PGConnection.class).getNotifications();
        for (PGNotification each : more == null ? new PGNotification[0] : more) {
          if (each.getParameter().startsWith(NUMBER)) {
            heard.put(connection, Long.valueOf(each.getParameter().substring(NUMBER.length())));
          } else {
            arrived.add(each);
          }
        }
      }
      return arrived.toArray(PGNotification[]::new);
    }
  }

  private void number(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_notify('handoff_news', '" + NUMBER + told.incrementAndGet() + "')");
    }
  }

  private @Nullable Object call(
      Object target, Method method, Object @Nullable [] arguments, Connection connection)
      throws Throwable {
    try {
      Object result =
          isExchange(target, method)
              ? step(() -> method.invoke(target, arguments))
              : method.invoke(target, arguments);
      if (isTelling(target, method)) {
        step(() -> {
          number(connection);
          return true;
        });
      } else if (arguments != null
          && arguments[0] instanceof String sql
          && sql.startsWith("listen ")) {
        heard.put(connection, told.get());
      }
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

  private static boolean isTelling(Object target, Method method) {
    return target instanceof PreparedStatement
        && method.getName().startsWith("execute")
        && target.toString().contains("pg_notify");
  }

  private static boolean isExchange(Object target, Method method) {
    return target instanceof Connection
        ? !LOCAL.contains(method.getName())
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
