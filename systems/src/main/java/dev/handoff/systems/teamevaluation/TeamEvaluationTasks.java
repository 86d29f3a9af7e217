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

/// How summaries are made.
///
/// @param softLimit after this a summary by rule is made instead of waiting for the AI
/// @param runLimit how long one attempt may take
/// @param retries how often an attempt that failed is repeated, unless the request says otherwise
/// @param retryWait half the wait before the first repetition; each wait is twice the one before
/// @param longestRetryWait the longest wait before a repetition
/// @param resultTtl how long the task can be seen, from its end; the job and the summary are kept
///   for good
/// @param concurrency the most summaries made at once on one node
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

  /// As [Policy]: for the most patient request; the handler ends the others sooner.
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

  /// Summaries as tasks: a pupil has one open in each evaluation, and whoever asks again gets that.
  TaskType<SummaryRequest, SummaryResult> type() {
    return TaskType.of(NAME, SummaryRequest.class, SummaryResult.class)
        .withPolicy(policy().withSharing(Sharing.joining()))
        .identifiedBy(request -> Optional.of(request.evaluationId() + "/" + request.studentId()));
  }
}
