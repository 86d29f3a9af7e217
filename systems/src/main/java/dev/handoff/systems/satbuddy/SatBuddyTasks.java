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

/// How SAT Buddy's tasks are run.
///
/// @param runLimit how long one attempt may take
/// @param retryWait the wait before the next attempt when the AI is busy and does not say how long
/// @param retries how often a busy AI is asked again
/// @param giveUpAfter a task older than this is not tried again, however long the AI asks to wait
/// @param resultTtl how long an answer can be fetched, from the task's end
/// @param cacheFor how long the answer to a common question is given out again; zero turns it off
/// @param concurrency the most attempts of each kind at once on one node
@ConfigurationProperties("handoff.systems.sat-buddy")
public record SatBuddyTasks(
    @DefaultValue("60s") Duration runLimit,
    @DefaultValue("60s") Duration retryWait,
    @DefaultValue("3") int retries,
    @DefaultValue("1h") Duration giveUpAfter,
    @DefaultValue("1h") Duration resultTtl,
    @DefaultValue("10m") Duration cacheFor,
    @DefaultValue("1000") int concurrency) {
  public SatBuddyTasks {
    if (retries < 0 || retries > 100) {
      throw new IllegalArgumentException(
          "handoff.systems.sat-buddy.retries is 0 to 100, was " + retries);
    }
  }

  /// As [Policy] for questions, which are never shared: everybody wants a new one.
  Policy policy() {
    Set<FailureKind> busy =
        retries == 0 ? Set.of() : Set.of(FailureKind.RATE_LIMITED, FailureKind.QUOTA_EXCEEDED);
    // A second attempt is always there for a task whose node died.
    RetryPolicy retry =
        RetryPolicy.every(retryWait)
            .upTo(Math.max(2, retries + 1))
            .on(busy)
            .givingUpAfter(giveUpAfter);
    return Policy.DEFAULTS
        .withRetry(retry)
        .withLimits(Limits.hard(runLimit))
        .withConcurrency(concurrency)
        .withRetention(resultTtl)
        .withWhenNoWorker(WhenNoWorker.RUN_IN_CALLER);
  }

  /// As [Policy] for messages: common ones share their answers.
  Policy chatPolicy() {
    return cacheFor.isZero()
        ? policy()
        : policy().withSharing(Sharing.NONE.caching(cacheFor, Sharing.Scope.EVERYONE));
  }
}
