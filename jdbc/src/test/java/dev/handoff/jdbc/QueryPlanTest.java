package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.jdbc.row.BudgetTable;
import dev.handoff.jdbc.sql.NamedSql;
import dev.handoff.jdbc.sqlite.Claims;
import dev.handoff.jdbc.sqlite.EventTable;
import dev.handoff.jdbc.sqlite.LateTasks;
import dev.handoff.jdbc.sqlite.Listing;
import dev.handoff.jdbc.sqlite.NodeTable;
import dev.handoff.jdbc.sqlite.OwnerReads;
import dev.handoff.jdbc.sqlite.PendingEnds;
import dev.handoff.jdbc.sqlite.Retention;
import dev.handoff.jdbc.sqlite.Submits;
import dev.handoff.jdbc.sqlite.TaskReads;
import dev.handoff.jdbc.sqlite.TaskRetries;
import dev.handoff.jdbc.sqlite.TaskTable;
import dev.handoff.jdbc.sqlite.TaskWrites;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds every statement to its index: what it costs must not grow with the tasks that wait, that
/// are delayed or that have ended.
final class QueryPlanTest {
  private static final List<Class<?>> STATEMENTS =
      List.of(
          TaskWrites.class,
          BudgetTable.class,
          Claims.class,
          PendingEnds.class,
          EventTable.class,
          LateTasks.class,
          Listing.class,
          NodeTable.class,
          OwnerReads.class,
          TaskReads.class,
          Retention.class,
          TaskRetries.class,
          Submits.class,
          TaskTable.class);

  @TempDir private Path folder;
  private SqliteDatabase database;

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(SqliteSettings.at(folder.resolve("handoff.db")));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Map<String, List<String>> plans() throws Exception {
    Map<String, List<String>> plans = new LinkedHashMap<>();
    try (Connection connection = database.dataSource().getConnection()) {
      for (Class<?> type : STATEMENTS) {
        for (Field field : type.getDeclaredFields()) {
          if (field.getType().equals(String.class)) {
            field.setAccessible(true);
            String sql = (String) field.get(null);
            plans.put(
                type.getSimpleName() + "." + field.getName(),
                plan(connection, NamedSql.of(sql).jdbc()));
          }
        }
      }
    }
    return plans;
  }

  private static List<String> plan(Connection connection, String sql) throws SQLException {
    List<String> steps = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("explain query plan " + sql)) {
      while (rows.next()) {
        steps.add(rows.getString("detail"));
      }
    }
    return steps;
  }

  @Test
  void findsEveryRowByAnIndex() throws Exception {
    Map<String, List<String>> plans = plans();

    assertThat(plans).hasSizeGreaterThan(30);
    plans.forEach((name, steps) ->
        assertThat(steps)
            .as(name)
            .noneMatch(step ->
                step.matches("SCAN (task|t|task_\\w+|e|r|s)( .*)?") && !step.contains("INDEX")));
  }

  @Test
  void walksOnlyThroughWhatIsBeingProcessedToFindOrphans() throws Exception {
    assertThat(plans().get("NodeTable.SELECT_ORPHANS"))
        .contains("SCAN handoff_task USING INDEX handoff_task_processing");
  }

  @Test
  void claimsInTheOrderOfAnIndexWithoutLookingAtTasks() throws Exception {
    assertThat(plans().get("Claims.SELECT_READY"))
        .containsExactly(
            "SEARCH handoff_task USING COVERING INDEX handoff_task_ready (type=? AND gates=?)");
    assertThat(plans().get("Claims.SELECT_DUE"))
        .containsExactly(
            "SEARCH handoff_task USING INDEX handoff_task_delayed (type=? AND due_at<?)");
  }

  @Test
  void listsFromTheEndOfAnIndexAndSortsNothing() throws Exception {
    Map<String, List<String>> plans = plans();
    Map<String, String> lists =
        Map.of(
            "OF_ALL", "sqlite_autoindex_handoff_task_1 (id>? AND id<?)",
            "OF_OWNER", "handoff_task_owned (owner=? AND id>? AND id<?)",
            "OF_TENANT", "handoff_task_tenant (tenant=? AND id>? AND id<?)",
            "OF_OWNER_IN_TENANT", "handoff_task_owned (owner=? AND id>? AND id<?)");

    lists.forEach((name, index) ->
        assertThat(plans.get("Listing." + name))
            .as(name)
            .startsWith("SEARCH handoff_task USING INDEX " + index)
            .noneMatch(step -> step.contains("TEMP B-TREE")));
  }

  @Test
  void findsAnOpenTaskOfTheSameKeyByItsIndex() throws Exception {
    assertThat(plans().get("TaskRetries.RETRY"))
        .contains("SEARCH handoff_task USING INDEX sqlite_autoindex_handoff_task_1 (id=?)")
        .contains("SEARCH o USING INDEX handoff_task_joinable (join_key=?)");
  }

  @Test
  void usesTheIndexMadeForEachQuestion() throws Exception {
    Map<String, List<String>> plans = plans();

    assertThat(plans.get("TaskReads.SELECT_ANY_READY"))
        .singleElement()
        .asString()
        .contains("handoff_task_ready");
    assertThat(plans.get("TaskReads.SELECT_TURNS"))
        .contains("SCAN handoff_task USING COVERING INDEX handoff_task_ready");
    assertThat(plans.get("TaskReads.SELECT_NEXT_DUE"))
        .containsExactly("SEARCH handoff_task USING COVERING INDEX handoff_task_delayed (type=?)");
    for (String statement : List.of("LateTasks.SELECT_LATE", "LateTasks.SELECT_NEXT")) {
      assertThat(plans.get(statement))
          .singleElement()
          .asString()
          .contains("handoff_task_start_before");
    }
    assertThat(plans.get("Retention.SELECT_EXPIRED"))
        .containsExactly(
            "SEARCH handoff_task USING INDEX handoff_task_expiring (expires_at>? AND expires_at<?)");
    assertThat(plans.get("PendingEnds.SELECT_ENDS"))
        .containsExactly("SEARCH handoff_task USING INDEX handoff_task_announcing (id>?)");
    assertThat(plans.get("Submits.SELECT_JOINABLE"))
        .containsExactly("SEARCH handoff_task USING INDEX handoff_task_joinable (join_key=?)");
    assertThat(plans.get("Submits.SELECT_CACHED"))
        .containsExactly(
            "SEARCH handoff_task USING INDEX handoff_task_cached (cache_key=? AND finished_at>?)");
    assertThat(plans.get("NodeTable.SELECT_HELD_BY"))
        .containsExactly("SEARCH handoff_task USING INDEX handoff_task_processing (node=?)");
  }
}
