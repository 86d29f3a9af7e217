package dev.handoff.systems.promptgeneration;

import dev.handoff.systems.SystemsSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The subscriptions, one of each user. Safe for use by many threads.
final class Subscriptions {
  private static final String FIND = "select * from subscription where user_id = :user";

  private static final String ADD =
      """
      insert into subscription (id, user_id, start_date, end_date, is_active, status, plan_id)
      values (:id, :user, :startDate, :endDate, :active, :status, :plan)
      on conflict do nothing
      """;

  private final JdbcClient sql;

  Subscriptions(JdbcClient sql, SystemsSchema schema) {
    Objects.requireNonNull(schema);
    this.sql = sql;
  }

  Optional<Subscription> of(String user) {
    return sql.sql(FIND).param("user", user).query((row, _) -> read(row)).optional();
  }

  /// Adds it unless the user has one.
  void add(Subscription subscription) {
    Instant end = subscription.endDate();
    var _ =
        sql.sql(ADD)
            .param("id", subscription.id())
            .param("user", subscription.userId())
            .param("startDate", subscription.startDate().toEpochMilli())
            .param("endDate", end == null ? null : end.toEpochMilli())
            .param("active", subscription.active())
            .param("status", subscription.status())
            .param("plan", subscription.planId())
            .update();
  }

  private static Subscription read(ResultSet row) throws SQLException {
    long end = row.getLong("end_date");
    @Nullable Instant endDate = row.wasNull() ? null : Instant.ofEpochMilli(end);
    return new Subscription(
        row.getString("id"),
        row.getString("user_id"),
        Instant.ofEpochMilli(row.getLong("start_date")),
        endDate,
        row.getBoolean("is_active"),
        row.getString("status"),
        row.getString("plan_id"));
  }
}
