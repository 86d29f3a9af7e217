package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Holds every statement on PostgreSQL to its index, among a million tasks that wait and a million
/// that have ended: the server itself writes down how it ran what the store sent. So a statement
/// that is new is held to it too; one that this test does not send is named.
///
/// The rows are made by the server, without a sync and before the indexes: half a minute.
final class PostgresPlanTest {
  private static final int WAITING = 1_000_000;
  private static final int DELAYED = 300_000;
  private static final int ENDED = 1_000_000;

  /// More often than the server plans a statement for its parameters before it plans it for any.
  private static final int TIMES = 12;

  /// Pages of 8 KB. The tables here have several hundred thousand.
  private static final int MOST_PAGES = 1_000;

  /// What these do grows with what they are asked for, once at a start or for an operator.
  private static final List<String> MAY_GROW =
      List.of("PostgresReads.SELECT_COUNTS", "PostgresReads.SELECT_TURNS");

  private static final List<String> TABLES =
      List.of("handoff_task", "handoff_submitted", "handoff_event", "handoff_step");
  private static final Pattern TABLE = Pattern.compile(String.join("|", TABLES));

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
          from jsonb_path_query(it, '$.** ? (@."Node Type" == "Seq Scan")."Relation Name"') as relation), '') as scanned,
        cast(it #>> '{Plan,Shared Hit Blocks}' as bigint)
          + cast(it #>> '{Plan,Shared Read Blocks}' as bigint) as pages
      from plan
      where it ->> 'Query Text' like '%handoff%'
      """;

  private static PostgresServer server;
  private static TestDatabase data;
  private static List<Seen> seen = List.of();

  /// One run of a statement, the tables that it read from their beginning, and the pages that it
  /// touched.
  private record Seen(String sql, Set<String> scanned, long pages) {}

  @BeforeAll
  static void send() throws Exception {
    server = PostgresServer.own(PostgresServer.Keeping.UNSYNCED);
    data = server.newDatabase();
    PostgresDatabase.open(PostgresHarness.settings(data)).close();
    execute(PostgresPlanRows.of(WAITING, DELAYED, ENDED));
    execute(
        List.of(
            "alter system set logging_collector = on",
            "alter system set log_destination = 'jsonlog'",
            "alter system set log_rotation_size = 0"));
    server.restart();
    execute(LOGGING);
    try (PostgresDatabase database = PostgresDatabase.open(PostgresHarness.settings(data))) {
      new PostgresPlanTraffic(database).send(TIMES);
    }
    seen = seen();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void execute(List<String> statements) throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<Seen> seen() throws SQLException {
    List<Seen> all = new ArrayList<>();
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(PLANS)) {
      while (rows.next()) {
        all.add(
            new Seen(
                plain(rows.getString("sql")),
                Set.of(rows.getString("scanned").split(",")),
                rows.getLong("pages")));
      }
    }
    return all;
  }

  /// Without the marks of parameters and the breaks of lines.
  private static String plain(String sql) {
    return sql.replaceAll("\\$\\d+", "?").replaceAll("\\s+", " ").strip();
  }

  private static Map<String, String> statements() throws Exception {
    Path classes =
        Path.of(
            Objects.requireNonNull(PostgresClaims.class.getResource("PostgresClaims.class"))
                .toURI());
    Map<String, String> found = new TreeMap<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            Objects.requireNonNull(classes.getParent()), "{Postgres,BudgetSql}*.class")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replace(".class", "");
        for (Field field : Class.forName("dev.handoff.jdbc." + name).getDeclaredFields()) {
          if (Modifier.isStatic(field.getModifiers()) && field.getType().equals(String.class)) {
            field.setAccessible(true);
            String sql = (String) field.get(null);
            // Pieces of statements are in those that they are pieces of.
            if (TABLE.matcher(sql).find() && !sql.contains("%s")) {
              found.put(name + "." + field.getName(), plain(NamedSql.of(sql).jdbc()));
            }
          }
        }
      }
    }
    return found;
  }

  @Test
  void everyStatementIsSeen() throws Exception {
    Map<String, String> statements = statements();
    assertThat(statements).hasSizeGreaterThan(30);
    List<String> forgotten = new ArrayList<>();
    statements.forEach((name, sql) -> {
      if (!MAY_GROW.contains(name) && seen.stream().noneMatch(it -> it.sql().contains(sql))) {
        forgotten.add(name);
      }
    });
    assertThat(forgotten).as("send these too, in PostgresPlanTraffic").isEmpty();
  }

  @Test
  void noneReadsATableFromItsBeginning() throws Exception {
    assertThat(held().filter(it -> TABLES.stream().anyMatch(it.scanned()::contains)).distinct())
        .isEmpty();
  }

  @Test
  void noneTouchesMoreThanAFewPages() throws Exception {
    assertThat(held().filter(it -> it.pages() > MOST_PAGES)).isEmpty();
  }

  private static Stream<Seen> held() throws Exception {
    Map<String, String> statements = statements();
    List<String> free = MAY_GROW.stream().map(statements::get).toList();
    return seen.stream().filter(it -> !free.contains(it.sql()));
  }
}
