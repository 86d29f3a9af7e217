package dev.handoff.systems.trainingvideos;

import dev.handoff.systems.kit.SystemsDatabase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Feedback in the database. Safe for use by many threads.
public record FeedbackTable(SystemsDatabase db) {
  /// How a module may have worked.
  public static final List<String> ACTIONS = List.of("worked", "not_working", "partially_working");

  private static final int MOST_OF_AN_OWNER = 10_000;
  private static final String ADD =
      """
      insert into training_feedback (id, owner_id, module_id, type, action, comment, submitted_at)
      select :id, :owner, :module, :type, :action, :comment, :at
      where (select count(*) from training_feedback where owner_id = :owner) < :most
      """;
  private static final String COUNTS =
      """
      select action, count(*) from training_feedback where owner_id = :owner
      group by action
      """;

  public record Feedback(
      String id,
      String owner,
      String module,
      String type,
      String action,
      String comment,
      Instant at) {}

  /// Adds it, unless its owner has said very much already.
  public void add(Feedback feedback) {
    var _ =
        db.sql(ADD)
            .param("id", feedback.id())
            .param("owner", feedback.owner())
            .param("module", feedback.module())
            .param("type", feedback.type())
            .param("action", feedback.action())
            .param("comment", feedback.comment())
            .param("at", feedback.at().toEpochMilli())
            .param("most", MOST_OF_AN_OWNER)
            .update();
  }

  public Map<String, Integer> counts(String owner) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    ACTIONS.forEach(action -> counts.put(action, 0));
    var _ =
        db.sql(COUNTS)
            .param("owner", owner)
            .query((row, _) -> counts.put(row.getString(1), row.getInt(2)))
            .list();
    return counts;
  }
}
