package dev.handoff.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.handoff.Effect;
import dev.handoff.NodeId;
import dev.handoff.TimeSource;
import dev.handoff.jdbc.PostgresDatabase.Environment;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestDatabase;
import dev.handoff.testing.simulation.SimulatedDatabase;
import dev.handoff.testing.simulation.SimulatedProcess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// The PostgreSQL store under a simulation: real statements on a real server, one at a time, while
/// the threads, the timers and the clock are simulated.
final class PostgresSimulation implements SimulatedDatabase {
  private static final int CONNECTIONS = 4;

  private static final List<String> TABLES =
      List.of(
          "handoff_task",
          "handoff_submitted",
          "handoff_event",
          "handoff_step",
          "handoff_node",
          "handoff_budget",
          "handoff_reservation",
          "handoff_budget_entry",
          "note");

  private final TestDatabase data = EmptyDatabases.take();
  private final RandomGenerator random;
  private final Map<SimulatedProcess, SimulatedStore> opened = new LinkedHashMap<>();
  private final AtomicLong told = new AtomicLong();
  private int copies;

  private record SimulatedStore(
      String application, SteppedDataSource connections, PostgresDatabase database) {}

  PostgresSimulation(RandomGenerator random) {
    this.random = random;
    execute("create table if not exists note (text text not null)");
    awaitServersAge();
  }

  // A server that has just started lets nobody conclude anything from a lock that is not held.
  private void awaitServersAge() {
    execute(
        "select pg_sleep(greatest(0, 11 - extract(epoch from now() - pg_postmaster_start_time())))");
  }

  @Override
  public TaskStore open(SimulatedProcess process, TimeSource clock) {
    RandomGenerator own = new SplittableRandom(random.nextLong());
    String application = "simulated " + process.name();
    SteppedDataSource connections = new SteppedDataSource(server(application), process, told);
    PostgresDatabase database =
        stepped(() -> {
          PostgresDatabase made =
              PostgresDatabase.sharing(
                  connections,
                  PostgresSettings.at(data.url(), "", "").withConnections(CONNECTIONS),
                  new Environment(process, own));
          fill(made.server().pool());
          return made;
        });
    opened.put(process, new SimulatedStore(application, connections, database));
    return PostgresTaskStore.open(database, clock, CallerTransaction.NONE);
  }

  private DataSource server(String application) {
    PGSimpleDataSource server = new PGSimpleDataSource();
    server.setUrl(data.url());
    server.setUser(data.username());
    server.setPassword(data.password());
    server.setApplicationName(application);
    server.setPrepareThreshold(2);
    return server;
  }

  // A thread of the simulation must find a connection without waiting for the pool's own thread.
  private static void fill(HikariDataSource pool) throws SQLException {
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      all.add(pool.getConnection());
    }
    for (Connection one : all) {
      one.close();
    }
  }

  private interface ServerCall<T> {
    T make() throws Exception;
  }

  private static <T> T stepped(ServerCall<T> exchange) {
    try {
      return SteppedDataSource.step(exchange::make);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void killed(SimulatedProcess process, NodeId node) {
    SimulatedStore gone = opened.remove(process);
    if (gone != null) {
      end(gone.application());
      new Thread(gone.database()::close, "simulated-close").start();
    }
  }

  @Override
  public void refuseSessions(SimulatedProcess process, boolean refuse) {
    SimulatedStore there = opened.get(process);
    if (there != null) {
      var _ =
          stepped(() -> {
            there.connections().refuse(refuse);
            return true;
          });
    }
  }

  private void end(String application) {
    execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = '"
            + application
            + "'");
  }

  @Override
  public Effect note(String text) {
    SqlEffect effect =
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement("insert into note (text) values (?)")) {
            insert.setString(1, text);
            insert.executeUpdate();
          }
        };
    return effect;
  }

  @Override
  public Effect failing(Throwable thrown) {
    SqlEffect effect =
        _ -> {
          switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(thrown);
          }
        };
    return effect;
  }

  @Override
  public List<String> notes() {
    return stepped(() -> {
      List<String> notes = new ArrayList<>();
      try (Connection connection = data.connect();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select text from note")) {
        while (rows.next()) {
          notes.add(rows.getString(1));
        }
      }
      return notes;
    });
  }

  @Override
  public Copy copy() {
    String schema = "copy" + copies++;
    execute("create schema " + schema);
    TABLES.forEach(table -> execute("create table " + schema + "." + table + " as table " + table));
    return () -> {
      execute("truncate " + String.join(", ", TABLES));
      TABLES.forEach(
          table -> execute("insert into " + table + " select * from " + schema + "." + table));
      execute("drop schema " + schema + " cascade");
    };
  }

  private void execute(String sql) {
    var _ =
        stepped(() -> {
          try (Connection connection = data.connect();
              Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  @Override
  public void close() {
    opened.values().forEach(each -> end(each.application()));
    opened.values().forEach(each -> each.database().close());
    for (int i = 0; i < copies; i++) {
      execute("drop schema if exists copy" + i + " cascade");
    }
    EmptyDatabases.giveBack(data);
  }
}
