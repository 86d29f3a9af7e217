package dev.handoff.systems.teamevaluation;

import dev.handoff.FailureKind;
import dev.handoff.Limits;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.RetryPolicy.Waits.Growing;
import dev.handoff.Sharing;
import dev.handoff.TaskType;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the tasks that make summaries.
///
/// @param softLimit time after which an attempt makes the summary by fixed rules
/// @param runLimit longest time that one attempt may take
/// @param retries largest number of retries after a failure, unless the request names another
///   (`max_retries`)
/// @param retryWait half of the wait before the first retry; each further wait is twice as long as
///   the one before
/// @param longestRetryWait longest wait before a retry
/// @param resultTtl how long the task can be read after its end; the job and the summary are kept
///   permanently
/// @param concurrency largest number of summaries that are made at once on this node
@ConfigurationProperties("handoff.systems.team-evaluation")
public record TeamEvaluationTasks(
    @DefaultValue("9m") Duration softLimit,
    @DefaultValue("10m") Duration runLimit,
    @DefaultValue("3") int retries,
    @DefaultValue("60s") Duration retryWait,
    @DefaultValue("30m") Duration longestRetryWait,
    @DefaultValue("24h") Duration resultTtl,
    @DefaultValue("1000") int concurrency) {
  static final String NAME = "team-evaluation.summary";

  public static final int MOST_RETRIES = 10;

  public TeamEvaluationTasks {
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new IllegalArgumentException(
          "handoff.systems.team-evaluation.retries is 0 to " + MOST_RETRIES + ", was " + retries);
    }
  }

  /// Returns the policy of the task type. It allows the most retries that a request may name; the
  /// handler ends tasks that asked for fewer.
  Policy policy() {
    RetryPolicy retry =
        new RetryPolicy(
            MOST_RETRIES + 1,
            new Growing(retryWait.multipliedBy(2), 2, longestRetryWait),
            0,
            Set.of(FailureKind.ERROR, FailureKind.UNAVAILABLE, FailureKind.TIMEOUT),
            Duration.ofDays(7));
    return Policy.DEFAULTS
        .withRetry(retry)
        .withLimits(Limits.hard(runLimit).withSoft(softLimit))
        .withConcurrency(concurrency)
        .withRetention(resultTtl);
  }

  /// Returns the task type. A pupil has at most one open task in each evaluation, which further
  /// requests join.
  TaskType<SummaryRequest, SummaryResult> type() {
    return TaskType.of(NAME, SummaryRequest.class, SummaryResult.class)
        .withPolicy(policy().withSharing(Sharing.joining()))
        .identifiedBy(request -> Optional.of(request.evaluationId() + "/" + request.studentId()));
  }
}
