package dev.handoff.systems.trainingvideos;

import dev.handoff.TimeSource;
import dev.handoff.systems.kit.SystemsDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How long the stages of processings took. Safe for use by many threads.
public record StageTimes(SystemsDatabase db, TimeSource clock) {
  /// Enough for a percentile that means something, and read in a few milliseconds.
  private static final int LAST = 2_000;

  // The attempt that did the work measured it; a later one that only remembers does not.
  private static final String ADD =
      """
      insert into training_stage_time (module_id, round, stage, owner_id, millis, measured_at)
      values (:module, :round, :stage, :owner, :millis, :at)
      on conflict (module_id, round, stage) do nothing
      """;
  private static final String OF_OWNER =
      """
      select stage, millis from training_stage_time where owner_id = :owner
      order by measured_at desc limit :last
      """;
  private static final String OF_ALL =
      "select stage, millis from training_stage_time order by measured_at desc limit :last";
  private static final String FORGET =
      "delete from training_stage_time where measured_at < :before";

  void add(TrainingModule module, String stage, Duration took) {
    var _ =
        db.sql(ADD)
            .param("module", module.id())
            .param("round", module.course().round())
            .param("stage", stage)
            .param("owner", module.owner())
            .param("millis", took.toMillis())
            .param("at", clock.instant().toEpochMilli())
            .update();
  }

  /// Forgets what was measured longer ago than this.
  void forget(Duration age) {
    var _ = db.sql(FORGET).param("before", clock.instant().minus(age).toEpochMilli()).update();
  }

  private record StageLine(String stage, long millis) {}

  /// In milliseconds, by stage, of this trainer's last videos, or of everybody's.
  public Map<String, List<Long>> of(Optional<String> owner) {
    JdbcClient.StatementSpec query =
        owner.isPresent() ? db.sql(OF_OWNER).param("owner", owner.get()) : db.sql(OF_ALL);
    List<StageLine> lines =
        query
            .param("last", LAST)
            .query((row, _) -> new StageLine(row.getString(1), row.getLong(2)))
            .list();
    Map<String, List<Long>> times = new LinkedHashMap<>();
    for (StageLine line : lines) {
      times.computeIfAbsent(line.stage(), _ -> new ArrayList<>()).add(line.millis());
    }
    return times;
  }
}
