package dev.handoff.jdbc;

import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A server that writes down how it ran each statement, with an empty database that has the store's
/// tables.
final class PostgresPlanLog implements AutoCloseable {
  /// How each statement ran.
  private static final List<String> LOGGING =
      List.of(
          "load 'auto_explain'",
          """
          do $$
          begin
            execute format('alter database %1$I set session_preload_libraries = auto_explain', current_database());
            execute format('alter database %1$I set auto_explain.log_min_duration = 0', current_database());
            execute format('alter database %1$I set auto_explain.log_analyze = on', current_database());
            execute format('alter database %1$I set auto_explain.log_buffers = on', current_database());
            execute format('alter database %1$I set auto_explain.log_timing = off', current_database());
            execute format('alter database %1$I set auto_explain.log_format = json', current_database());
          end
          $$
          """);

  private static final String PLANS =
      """
      with message as (
        select cast(line as jsonb) ->> 'message' as text
        from string_to_table(pg_read_file(pg_current_logfile('jsonlog')), E'\\n') as line
        where line like '%"duration: % plan:%'
      ), plan as (
        select cast(substring(text from position('plan:' in text) + 5) as jsonb) as it from message
      )
      select it ->> 'Query Text' as sql,
        coalesce((
          select string_agg(distinct relation #>> '{}', ',')
          from jsonb_path_query(it, '$.** ? (@."Node Type" == "Seq Scan")."Relation Name"') as relation), '') || coalesce((select string_agg(distinct x::text, ',') from jsonb_path_query(it, '$.** ? (@."Index Name" starts with "handoff_task" && @."Shared Hit Blocks" > 500)') x), '') as scanned,
        cast(it #>> '{Plan,Shared Hit Blocks}' as bigint)
          + cast(it #>> '{Plan,Shared Read Blocks}' as bigint) as pages
      from plan
      where it ->> 'Query Text' like '%handoff%'
      """;

  private final PostgresServer server = PostgresServer.own(PostgresServer.Durability.UNSYNCED);
  private final TestDatabase data = server.newDatabase();

  private PostgresPlanLog() {}

  /// One run of a statement, the tables that it read from their beginning, and the pages that it
  /// touched.
  record PlannedStatement(String sql, Set<String> scanned, long pages) {}

  static PostgresPlanLog start() throws SQLException {
    PostgresPlanLog log = new PostgresPlanLog();
    PostgresDatabase.open(PostgresHarness.settings(log.data)).close();
    log.execute(
        List.of(
            "alter system set logging_collector = on",
            "alter system set log_destination = 'jsonlog'",
            "alter system set log_rotation_size = 0"));
    log.server.restart();
    return log;
  }

  void execute(List<String> statements) throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /// Opens the database; what is sent to it from now on is written down.
  PostgresDatabase open() throws SQLException {
    execute(LOGGING);
    return PostgresDatabase.open(PostgresHarness.settings(data));
  }

  /// What was run so far.
  List<PlannedStatement> seen() throws SQLException {
    List<PlannedStatement> all = new ArrayList<>();
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(PLANS)) {
      while (rows.next()) {
        all.add(
            new PlannedStatement(
                plain(rows.getString("sql")),
                Set.of(rows.getString("scanned").split(",")),
                rows.getLong("pages")));
      }
    }
    return all;
  }

  /// Without the marks of parameters and the breaks of lines.
  static String plain(String sql) {
    return sql.replaceAll("\\$\\d+", "?").replaceAll("\\s+", " ").strip();
  }

  @Override
  public void close() {
    server.close();
  }
}
