package dev.handoff.systems.zoneinsights;

import dev.handoff.systems.kit.SystemsDatabase;
import java.util.List;

/// How long insights took, from the submit of a test to its first and its last subject. Safe for
/// use by many threads.
public record InsightTimes(SystemsDatabase db) {
  /// Enough for a percentile that means something, and read in a few milliseconds.
  private static final int LAST = 1_000;

  private static final String TESTS =
      """
      select min(i.created_at) - s.end_time, max(i.created_at) - s.end_time
      from zone_insight i join zone_test_session s on s.id = i.test_session_id
      where s.student_id = :student and s.end_time is not null
      group by s.id, s.end_time order by s.id desc limit :last
      """;

  /// Milliseconds until the first and the last subject of one test.
  public record InsightDelays(long first, long last) {}

  /// Of this student's last tests.
  public List<InsightDelays> of(String student) {
    return db.sql(TESTS)
        .param("student", student)
        .param("last", LAST)
        .query(
            (row, _) -> new InsightDelays(Math.max(0, row.getLong(1)), Math.max(0, row.getLong(2))))
        .list();
  }
}
