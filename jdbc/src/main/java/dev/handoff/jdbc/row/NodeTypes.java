package dev.handoff.jdbc.row;

import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.Node;
import dev.handoff.store.TypeCoverage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The types that a node runs, as a column: their names, separated by spaces, which no name has;
/// null when they are not known. And the types of which due tasks wait.
public final class NodeTypes {
  private static final String SELECT_WORKERS =
      "select types from handoff_node where role <> 'api' and lease_until > :now";

  /// Finds each type that has waiting tasks with one seek in an index.
  private static final String SELECT_WAITING =
      """
      with recursive due_type (type) as (
        select min(type) from handoff_task where state = 'queued' and %1$s
        union all
        select (select min(t.type) from handoff_task t
          where t.state = 'queued' and t.%1$s and t.type > due_type.type)
        from due_type where due_type.type is not null
      ), delayed_type (type) as (
        select min(type) from handoff_task where state = 'queued' and %2$s
        union all
        select (select min(t.type) from handoff_task t
          where t.state = 'queued' and t.%2$s and t.type > delayed_type.type)
        from delayed_type where delayed_type.type is not null
      )
      select type from due_type where type is not null
      union
      select type from delayed_type where exists (
        select 1 from handoff_task t
        where t.type = delayed_type.type and t.state = 'queued' and t.%2$s and t.due_at <= :now)
      """;

  public static final String POSTGRESQL = SELECT_WAITING.formatted("ready", "ready = false");
  public static final String SQLITE = SELECT_WAITING.formatted("ready = 1", "ready = 0");

  private NodeTypes() {}

  public static @Nullable String text(Node node) {
    return node.types().map(types -> String.join(" ", new TreeSet<>(types))).orElse(null);
  }

  /// Returns which types live workers run, and of which due tasks wait.
  public static TypeCoverage coverage(SqlSession session, String waiting, Instant now)
      throws SQLException {
    List<Optional<String>> workers =
        session
            .sql(SELECT_WORKERS)
            .set("now", now)
            .list(row -> Optional.ofNullable(row.textOrNull("types")));
    return new TypeCoverage(
        workers.stream().allMatch(Optional::isPresent)
            ? Optional.of(names(workers))
            : Optional.empty(),
        Set.copyOf(session.sql(waiting).set("now", now).list(row -> row.text("type"))));
  }

  private static Set<String> names(List<Optional<String>> workers) {
    Set<String> names = new HashSet<>();
    workers.forEach(types -> names.addAll(List.of(types.orElse("").split(" ", -1))));
    return names;
  }
}
