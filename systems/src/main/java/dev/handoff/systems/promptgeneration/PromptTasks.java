package dev.handoff.systems.promptgeneration;

import dev.handoff.FailureKind;
import dev.handoff.Limits;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the tasks that generate prompts.
///
/// @param softLimit time after which an attempt makes the prompt without the AI
/// @param runLimit longest time that one attempt may take
/// @param retries largest number of retries after an error of the server, such as an unavailable
///   database
/// @param retryWait wait before each retry
/// @param resultTtl how long a prompt can be read after it was made; a request that no worker took
///   for this long expires
/// @param concurrency largest number of prompts that are generated at once on this node
@ConfigurationProperties("handoff.systems.prompt-generation")
public record PromptTasks(
    @DefaultValue("270s") Duration softLimit,
    @DefaultValue("300s") Duration runLimit,
    @DefaultValue("2") int retries,
    @DefaultValue("30s") Duration retryWait,
    @DefaultValue("10m") Duration resultTtl,
    @DefaultValue("1000") int concurrency) {
  public PromptTasks {
    if (retries < 0 || retries > 100) {
      throw new IllegalArgumentException(
          "handoff.systems.prompt-generation.retries is 0 to 100, was " + retries);
    }
    if (resultTtl.isNegative() || resultTtl.isZero()) {
      throw new IllegalArgumentException(
          "handoff.systems.prompt-generation.result-ttl is positive, was " + resultTtl);
    }
  }

  /// Returns the policy of the task type. Failures of the AI never fail an attempt, so retries are
  /// for failures of the server: an unavailable database, a node that died, a defect.
  Policy policy() {
    Set<FailureKind> ours =
        retries == 0 ? Set.of() : Set.of(FailureKind.ERROR, FailureKind.UNAVAILABLE);
    // A task whose node died always gets a second attempt.
    RetryPolicy retry = RetryPolicy.every(retryWait).upTo(Math.max(2, retries + 1)).on(ours);
    return Policy.DEFAULTS
        .withRetry(retry)
        .withLimits(Limits.hard(runLimit).withSoft(softLimit))
        .withConcurrency(concurrency)
        .withRetention(resultTtl);
  }
}
