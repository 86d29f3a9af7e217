package dev.handoff.jdbc;

import dev.handoff.jdbc.sql.Uninterrupted;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The database server of [ChaosTest], and what can happen to it. What lasts is undone by
/// [#relieve] when its time is over. The nodes log in as [#LOGIN]; the administrator's own sessions
/// are exempt from what is done to theirs. Used by one thread.
final class ChaosServer {
  static final String LOGIN = "chaos";

  private static final Duration ANSWERING = Duration.ofSeconds(10);

  private final PostgresServer server;
  private final TestDatabase data;
  private final Optional<FillableDisk> disk;
  private final List<Lasting> lasting = new ArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private boolean full;

  ChaosServer(PostgresServer server, TestDatabase data, Optional<FillableDisk> disk) {
    this.server = server;
    this.data = data;
    this.disk = disk;
  }

  private interface Undo {
    void run() throws SQLException, IOException;
  }

  private record Lasting(long until, Undo undo) {}

  /// Creates the nodes' login, and the tables that effects write.
  void prepare() throws SQLException {
    String name = ask("select current_database()");
    run(
        "create role chaos login password 'chaos'",
        "alter database " + name + " owner to chaos",
        "alter role postgres set statement_timeout = 0",
        "alter role postgres set lock_timeout = 0",
        "alter role postgres set synchronous_commit = local",
        // Without a unique key, so that whatever happens twice can be seen.
        "create table chaos_effect (task text not null)",
        "create table chaos_counter (count bigint not null)",
        "insert into chaos_counter values (0)",
        "create table chaos_order (task text not null)",
        "alter table chaos_effect owner to chaos",
        "alter table chaos_counter owner to chaos",
        "alter table chaos_order owner to chaos");
    if (disk.isPresent()) {
      configure("max_wal_size = '128MB'");
    }
  }

  boolean canBeFull() {
    return disk.isPresent();
  }

  /// Commits wait for a standby that is not there.
  void hangCommits(Duration time) throws SQLException {
    configure("synchronous_standby_names = 'absent'");
    last(time, () -> reset("synchronous_standby_names"));
  }

  /// Nobody new may log in, or only a few; those who are in stay.
  void refuseLogins(Duration time, boolean all) throws SQLException {
    run("alter role chaos " + (all ? "nologin" : "connection limit 3"));
    last(time, () -> run("alter role chaos login connection limit -1"));
  }

  /// Cancels every statement that takes longer than that.
  void cancelSlowStatements(Duration time, long millis) throws SQLException {
    configure("statement_timeout = '" + millis + "ms'");
    last(time, () -> reset("statement_timeout"));
  }

  /// Locks what the application and the store want to write; who waits too long may be refused.
  void lockRows(Duration time, boolean withTimeout) throws SQLException {
    if (withTimeout) {
      configure("lock_timeout = '300ms'");
      last(time, () -> reset("lock_timeout"));
    }
    Connection holder = connect();
    last(time, () -> end(holder));
    holder.setAutoCommit(false);
    try (Statement statement = holder.createStatement()) {
      // Somebody whose commit hangs may hold them.
      statement.execute("set lock_timeout = '500ms'");
      statement.execute("select * from chaos_counter for update");
      statement.execute("select * from handoff_budget order by account limit 1 for update");
      statement.execute(
          "select id from handoff_task where state in ('queued', 'processing')"
              + " order by id limit 3 for update skip locked");
    }
  }

  // Its session may have been cut off, or its server have crashed.
  private static void end(Connection holder) {
    try {
      holder.close();
    } catch (SQLException gone) {
      // Its locks have gone with it.
    }
  }

  /// The server's processes stand still for so long. Waits for the end of it.
  void freeze(Duration time) throws IOException, InterruptedException, SQLException {
    String[] lines = ask("select pg_read_file('postmaster.pid')").split("\n", -1);
    long postmaster = Long.parseLong(lines[0].strip());
    List<Long> stopped = new ArrayList<>();
    try {
      Signals.stop(postmaster);
      stopped.add(postmaster);
      List<ProcessHandle> sessions =
          ProcessHandle.of(postmaster).stream().flatMap(ProcessHandle::descendants).toList();
      for (ProcessHandle each : sessions) {
        if (each.isAlive()) {
          Signals.stop(each.pid());
          stopped.add(each.pid());
        }
      }
      var _ = never.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      for (long pid : stopped.reversed()) {
        Signals.goOn(pid);
      }
    }
  }

  /// No room is left on the disk of the server's data.
  void fillDisk(Duration time) throws IOException, SQLException {
    if (!disk.orElseThrow().fill()) {
      throw new SQLException("the server writes too fast");
    }
    full = true;
    last(time, this::freeDisk);
  }

  private void freeDisk() throws IOException {
    if (full) {
      disk.orElseThrow().free();
      full = false;
      reviveUnlessAnswering();
    }
  }

  // A server that cannot write its log stops itself, and may not come back.
  private void reviveUnlessAnswering() {
    long until = System.nanoTime() + ANSWERING.toNanos();
    while (System.nanoTime() < until) {
      try {
        var _ = ask("select 1");
        return;
      } catch (SQLException away) {
        pause(100);
      }
    }
    server.crash();
    server.startAgain();
  }

  /// Ends its processes at once and starts it again.
  void crash() throws IOException {
    freeDisk();
    server.crash();
    server.startAgain();
  }

  /// Ends the nodes' sessions.
  void cut() throws SQLException {
    run("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'chaos'");
  }

  /// Ends those sessions that call themselves so.
  void cut(String applicationName) throws SQLException {
    run(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'chaos'"
            + " and application_name = '"
            + applicationName
            + "'");
  }

  private void last(Duration time, Undo undo) {
    lasting.add(new Lasting(System.nanoTime() + time.toNanos(), undo));
  }

  /// Undoes what has lasted long enough. What cannot be undone now is tried at the next call.
  void relieve(long now) throws IOException {
    for (Lasting each : List.copyOf(lasting)) {
      if (each.until() <= now) {
        try {
          each.undo().run();
          lasting.remove(each);
        } catch (SQLException away) {
          // The server has no room or does not run yet.
        }
      }
    }
  }

  /// Undoes everything.
  void calm() throws IOException {
    long until = System.nanoTime() + ANSWERING.multipliedBy(6).toNanos();
    while (!lasting.isEmpty()) {
      relieve(Long.MAX_VALUE);
      if (System.nanoTime() > until) {
        throw new IOException("the server cannot be brought back into order");
      }
      pause(100);
    }
  }

  private void configure(String setting) throws SQLException {
    run("alter system set " + setting, "select pg_reload_conf()");
  }

  private void reset(String setting) throws SQLException {
    run("alter system reset " + setting, "select pg_reload_conf()");
  }

  // Rather an exception than a wait without an end: what is done here is tried again.
  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        data.url() + "?loginTimeout=20&socketTimeout=30", data.username(), data.password());
  }

  private void run(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /// The first column of the first row, asked as the administrator.
  String ask(String sql) throws SQLException {
    List<String> rows = list(sql);
    if (rows.isEmpty()) {
      throw new SQLException("no row: " + sql);
    }
    return rows.getFirst();
  }

  /// The first column, asked as the administrator. Safe for use by many threads.
  List<String> list(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  private void pause(long millis) {
    Uninterrupted.run(() -> {
      var _ = never.await(millis, TimeUnit.MILLISECONDS);
    });
  }
}
