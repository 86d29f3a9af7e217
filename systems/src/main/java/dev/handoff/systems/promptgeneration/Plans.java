package dev.handoff.systems.promptgeneration;

import dev.handoff.systems.SystemsSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What can be bought. Safe for use by many threads.
final class Plans {
  private static final String FIND = "select * from plans where id = :id";
  private static final String ADD =
      """
      insert into plans (id, name, tokens_included, duration_days)
      values (:id, :name, :tokens, :days)
      on conflict do nothing
      """;

  private final JdbcClient sql;

  Plans(JdbcClient sql, SystemsSchema schema) {
    Objects.requireNonNull(schema);
    this.sql = sql;
  }

  Optional<Plan> find(String id) {
    return sql.sql(FIND).param("id", id).query((row, _) -> read(row)).optional();
  }

  /// Adds it unless its id is taken.
  void add(Plan plan) {
    var _ =
        sql.sql(ADD)
            .param("id", plan.id())
            .param("name", plan.name())
            .param("tokens", plan.tokensIncluded())
            .param("days", plan.durationDays())
            .update();
  }

  private static Plan read(ResultSet row) throws SQLException {
    int days = row.getInt("duration_days");
    @Nullable Integer duration = row.wasNull() ? null : Integer.valueOf(days);
    return new Plan(
        row.getString("id"), row.getString("name"), row.getLong("tokens_included"), duration);
  }
}
