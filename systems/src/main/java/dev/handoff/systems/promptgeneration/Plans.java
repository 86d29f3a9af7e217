package dev.handoff.systems.promptgeneration;

import dev.handoff.systems.kit.SystemsDatabase;
import java.util.Optional;

/// What can be bought. Safe for use by many threads.
public record Plans(SystemsDatabase db) {
  private static final String FIND = "select * from plans where id = :id";
  private static final String ADD =
      """
      insert into plans (id, name, tokens_included, duration_days)
      values (:id, :name, :tokensIncluded, :durationDays)
      on conflict do nothing
      """;

  public Optional<Plan> find(String id) {
    return db.sql(FIND).param("id", id).query(Plan.class).optional();
  }

  /// Adds it unless its id is taken.
  void add(Plan plan) {
    var _ = db.sql(ADD).paramSource(plan).update();
  }
}
