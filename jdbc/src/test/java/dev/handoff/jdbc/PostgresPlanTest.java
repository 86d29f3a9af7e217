package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.jdbc.PostgresPlanLog.PlannedStatement;
import dev.handoff.jdbc.postgres.Claims;
import dev.handoff.jdbc.sql.NamedSql;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
      List.of("TaskReads.SELECT_COUNTS", "TaskReads.SELECT_TURNS");

  /// Sent after a lost answer only.
  private static final List<String> NOT_SENT = List.of("UnconfirmedWrites");

  private static final List<String> TABLES =
      List.of("handoff_task", "handoff_submitted", "handoff_event", "handoff_step");
  private static final Pattern TABLE = Pattern.compile(String.join("|", TABLES));

  private static List<PlannedStatement> seen = List.of();

  @BeforeAll
  static void send() throws Exception {
    try (PostgresPlanLog log = PostgresPlanLog.start()) {
      log.execute(PostgresPlanRows.of(WAITING, DELAYED, ENDED));
      try (PostgresDatabase database = log.open()) {
        new PostgresPlanTraffic(database).send(TIMES);
      }
      seen = log.seen();
    }
  }

  private static Map<String, String> statements() throws Exception {
    Path classes =
        Path.of(Objects.requireNonNull(Claims.class.getResource("Claims.class")).toURI());
    Map<String, String> found = new TreeMap<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Objects.requireNonNull(classes.getParent()), "*.class")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replace(".class", "");
        if (NOT_SENT.contains(name)) {
          continue;
        }
        String type = Claims.class.getPackageName() + "." + name;
        for (Field field : Class.forName(type).getDeclaredFields()) {
          if (Modifier.isStatic(field.getModifiers()) && field.getType().equals(String.class)) {
            field.setAccessible(true);
            String sql = (String) field.get(null);
            // Pieces of statements are in those that they are pieces of.
            if (TABLE.matcher(sql).find() && !sql.contains("%s")) {
              found.put(
                  name + "." + field.getName(), PostgresPlanLog.plain(NamedSql.of(sql).jdbc()));
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

  private static Stream<PlannedStatement> held() throws Exception {
    Map<String, String> statements = statements();
    List<String> free = MAY_GROW.stream().map(statements::get).toList();
    return seen.stream().filter(it -> !free.contains(it.sql()));
  }
}
