package dev.handoff.systems.satbuddy;

import dev.handoff.FailureKind;
import dev.handoff.Limits;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.Sharing;
import dev.handoff.WhenNoWorker;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of SAT Buddy's tasks.
///
/// @param runLimit longest silence of the AI: until an answer begins, and between two of its
///   pieces; a whole answer may take ten times as long
/// @param retryWait wait before a retry if the AI provider is busy and names no wait
/// @param retries largest number of retries while the AI provider is busy
/// @param giveUpAfter age after which a task is not retried, whatever wait the AI provider asks for
/// @param resultTtl how long an answer can be read after the end of its task
/// @param cacheFor how long the answer to a common question is given to other pupils who ask the
///   same; 0 switches this off
/// @param concurrency largest number of attempts of one task type that run at once on this node
@ConfigurationProperties("handoff.systems.sat-buddy")
public record SatBuddyTasks(
    @DefaultValue("60s") Duration runLimit,
    @DefaultValue("60s") Duration retryWait,
    @DefaultValue("3") int retries,
    @DefaultValue("1h") Duration giveUpAfter,
    @DefaultValue("1h") Duration resultTtl,
    @DefaultValue("10m") Duration cacheFor,
    @DefaultValue("1000") int concurrency) {
  private static final int LONGEST_ANSWER = 10;

  public SatBuddyTasks {
    if (retries < 0 || retries > 100) {
      throw new IllegalArgumentException(
          "handoff.systems.sat-buddy.retries is 0 to 100, was " + retries);
    }
  }

  /// Returns the policy for questions. They are never shared, because every pupil gets a new one.
  Policy policy() {
    Set<FailureKind> busy =
        retries == 0 ? Set.of() : Set.of(FailureKind.RATE_LIMITED, FailureKind.QUOTA_EXCEEDED);
    // A task whose node died always gets a second attempt.
    RetryPolicy retry =
        RetryPolicy.every(retryWait)
            .upTo(Math.max(2, retries + 1))
            .on(busy)
            .givingUpAfter(giveUpAfter);
    return Policy.DEFAULTS
        .withRetry(retry)
        .withLimits(Limits.hard(runLimit.multipliedBy(LONGEST_ANSWER)).withSilence(runLimit))
        .withConcurrency(concurrency)
        .withRetention(resultTtl)
        .withWhenNoWorker(WhenNoWorker.RUN_IN_CALLER);
  }

  /// Returns the policy for messages. Common questions share their answers.
  Policy chatPolicy() {
    return cacheFor.isZero()
        ? policy()
        : policy().withSharing(Sharing.NONE.caching(cacheFor, Sharing.Scope.EVERYONE));
  }
}
