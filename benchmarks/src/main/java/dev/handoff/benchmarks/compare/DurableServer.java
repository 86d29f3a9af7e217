package dev.handoff.benchmarks.compare;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// A PostgreSQL server of our own that loses nothing: every commit waits for the disk.
final class DurableServer implements AutoCloseable {
  private static final List<String> SETTINGS =
      List.of(
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "shared_buffers=1GB",
          "max_connections=200");

  private final MeasuredFolder folder;
  private final EmbeddedPostgres server;
  private int databases;

  private DurableServer(MeasuredFolder folder, EmbeddedPostgres server) {
    this.folder = folder;
    this.server = server;
  }

  /// Starts it and makes sure of its settings.
  static DurableServer start() throws IOException {
    MeasuredFolder folder = MeasuredFolder.create();
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder().setDataDirectory(folder.path().resolve("data"));
    for (String setting : SETTINGS) {
      String[] pair = setting.split("=", 2);
      builder.setServerConfig(pair[0], pair[1]);
    }
    DurableServer started = new DurableServer(folder, builder.start());
    for (String setting : SETTINGS) {
      String[] pair = setting.split("=", 2);
      String actual = started.ask("show " + pair[0]);
      if (!actual.equals(pair[1])) {
        throw new IllegalStateException(pair[0] + " is " + actual + ", not " + pair[1]);
      }
    }
    return started;
  }

  int port() {
    return server.getPort();
  }

  String description() {
    return "PostgreSQL "
        + ask("show server_version").replaceAll(" .*", "")
        + " ("
        + String.join(", ", SETTINGS)
        + ", wal_sync_method="
        + ask("show wal_sync_method")
        + ")";
  }

  synchronized Database database() {
    databases++;
    String name = "bench" + databases;
    // What earlier databases left unwritten is not to be paid for by this one.
    run("checkpoint");
    run("create database " + name);
    return new Database(this, name);
  }

  /// One of its databases. The address is its JDBC URL.
  record Database(DurableServer server, String name) implements MeasuredStore {
    @Override
    public String address() {
      return url(server.port(), name);
    }

    /// Runs these, each in a transaction of its own.
    void run(List<String> statements) {
      execute(server.server.getDatabase("postgres", name), statements);
    }

    @Override
    public void close() {
      server.run("drop database " + name + " with (force)");
    }
  }

  static String url(int port, String database) {
    return "jdbc:postgresql://localhost:" + port + "/" + database + "?user=postgres";
  }

  private void run(String statement) {
    execute(server.getPostgresDatabase(), List.of(statement));
  }

  private static void execute(DataSource database, List<String> statements) {
    try (Connection connection = database.getConnection();
        Statement one = connection.createStatement()) {
      for (String statement : statements) {
        one.execute(statement);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the server refused one of " + statements, e);
    }
  }

  private String ask(String question) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      List<String> values = new ArrayList<>();
      while (answer.next()) {
        values.add(answer.getString(1));
      }
      return String.join(",", values);
    } catch (SQLException e) {
      throw new IllegalStateException("the server refused: " + question, e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    folder.close();
  }
}
