package dev.handoff.systems.zoneinsights;

import dev.handoff.systems.kit.Percentiles;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.zoneinsights.InsightViews.Times;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long insights took, from the submit of a test to its first and its last subject. Safe for
/// use by many threads.
record InsightTimes(SystemsDatabase db) {
  /// Enough for a percentile that means something, and read in a few milliseconds.
  private static final int LAST = 1_000;

  private static final String TESTS =
      """
      select min(i.created_at) - s.end_time, max(i.created_at) - s.end_time
      from zone_insight i join zone_test_session s on s.id = i.test_session_id
      where s.student_id = :student and s.end_time is not null
      group by s.id, s.end_time order by s.id desc limit :last
      """;

  private record Took(long first, long last) {}

  /// Of this student's last tests.
  Times of(String student) {
    List<Took> tests =
        db.sql(TESTS)
            .param("student", student)
            .param("last", LAST)
            .query((row, _) -> new Took(Math.max(0, row.getLong(1)), Math.max(0, row.getLong(2))))
            .list();
    Map<String, Percentiles> steps = new LinkedHashMap<>();
    if (!tests.isEmpty()) {
      steps.put("first_subject", Percentiles.of(tests.stream().map(Took::first).toList()));
      steps.put("all_subjects", Percentiles.of(tests.stream().map(Took::last).toList()));
    }
    return new Times(tests.size(), steps);
  }
}
