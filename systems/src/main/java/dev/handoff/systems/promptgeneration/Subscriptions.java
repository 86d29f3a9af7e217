package dev.handoff.systems.promptgeneration;

import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.kit.SystemsDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// The subscriptions, one of each user. Safe for use by many threads.
public record Subscriptions(SystemsDatabase db) {
  private static final String FIND = "select * from subscription where user_id = :user";

  private static final String ADD =
      """
      insert into subscription (id, user_id, start_date, end_date, is_active, status, plan_id)
      values (:id, :user, :startDate, :endDate, :active, :status, :plan)
      on conflict do nothing
      """;

  public Optional<Subscription> of(String user) {
    return db.sql(FIND).param("user", user).query((row, _) -> read(row)).optional();
  }

  /// Adds it unless the user has one.
  void add(Subscription subscription) {
    var _ =
        db.sql(ADD)
            .param("id", subscription.id())
            .param("user", subscription.userId())
            .param("startDate", subscription.startDate().toEpochMilli())
            .param("endDate", RowValues.millis(subscription.endDate()))
            .param("active", subscription.active())
            .param("status", subscription.status())
            .param("plan", subscription.planId())
            .update();
  }

  private static Subscription read(ResultSet row) throws SQLException {
    return new Subscription(
        row.getString("id"),
        row.getString("user_id"),
        RowValues.time(row, "start_date"),
        RowValues.timeOrNull(row, "end_date"),
        row.getBoolean("is_active"),
        row.getString("status"),
        row.getString("plan_id"));
  }
}
