package dev.handoff.systems.zoneinsights;

import dev.handoff.FailureKind;
import dev.handoff.Limits;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.TaskType;
import dev.handoff.WhenNoWorker;
import java.time.Duration;
import java.util.EnumSet;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the tasks that make insights.
///
/// @param softLimit time after which an attempt makes the missing insights by fixed rules
/// @param hardLimit longest time that one attempt may take
/// @param retryWait wait before the second attempt; each further wait is twice as long
/// @param retries largest number of retries before the missing insights are made by fixed rules
/// @param patience time after the submit of a test by which a wait that the AI provider asks for
///   must end; a wait that would end later is replaced by the usual one
/// @param resultTtl how long the task can be read after its end; the insights are kept permanently
/// @param concurrency largest number of tests whose insights are made at once on this node
@ConfigurationProperties("handoff.systems.zone-insights")
public record ZoneInsightsTasks(
    @DefaultValue("300s") Duration softLimit,
    @DefaultValue("600s") Duration hardLimit,
    @DefaultValue("1s") Duration retryWait,
    @DefaultValue("2") int retries,
    @DefaultValue("5m") Duration patience,
    @DefaultValue("24h") Duration resultTtl,
    @DefaultValue("1000") int concurrency) {
  /// The task's name in the specification.
  static final String NAME = "neet_app.tasks.generate_zone_insights_task";

  public ZoneInsightsTasks {
    if (retries < 0 || retries > 100) {
      throw new IllegalArgumentException(
          "handoff.systems.zone-insights.retries is 0 to 100, was " + retries);
    }
  }

  /// Returns the number of attempts. There are at least two, for a task whose node died.
  int attempts() {
    return Math.max(2, retries + 1);
  }

  /// Returns the task type. Its policy retries every failure.
  TaskType<InsightsRequest, InsightsResult> type() {
    Policy policy =
        Policy.DEFAULTS
            .withRetry(
                RetryPolicy.exponential(retryWait)
                    .upTo(attempts())
                    .on(EnumSet.allOf(FailureKind.class)))
            .withLimits(Limits.hard(hardLimit).withSoft(softLimit))
            .withConcurrency(concurrency)
            .withRetention(resultTtl)
            .withWhenNoWorker(WhenNoWorker.RUN_IN_CALLER);
    return TaskType.of(NAME, InsightsRequest.class, InsightsResult.class).withPolicy(policy);
  }
}
