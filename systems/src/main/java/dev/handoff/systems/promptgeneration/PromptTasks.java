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

  /// As [Policy]. What goes wrong at the AI never fails an attempt, so what is repeated is the
  /// server's own: a database that is away, a node that died, a defect.
  Policy policy() {
    Set<FailureKind> ours =
        retries == 0 ? Set.of() : Set.of(FailureKind.ERROR, FailureKind.UNAVAILABLE);
    // A second attempt is always there for a task whose node died.
    RetryPolicy retry = RetryPolicy.every(retryWait).upTo(Math.max(2, retries + 1)).on(ours);
    return Policy.DEFAULTS
        .withRetry(retry)
        .withLimits(Limits.hard(runLimit).withSoft(softLimit))
        .withConcurrency(concurrency)
        .withRetention(resultTtl);
  }
}
