package dev.handoff.systems.promptgeneration;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of what a prompt costs.
///
/// @param requiredTokens number of tokens that are reserved for each prompt
/// @param cacheFor greatest age of a prompt that a request with `reuse` may get again, at no cost;
///   0 switches this off
@ConfigurationProperties("handoff.systems.prompt-generation")
public record PromptCosts(
    @DefaultValue("700") long requiredTokens, @DefaultValue("10m") Duration cacheFor) {
  public PromptCosts {
    if (requiredTokens < 1) {
      throw new IllegalArgumentException(
          "handoff.systems.prompt-generation.required-tokens is at least 1, was " + requiredTokens);
    }
    if (cacheFor.isNegative()) {
      throw new IllegalArgumentException(
          "handoff.systems.prompt-generation.cache-for is not negative, was " + cacheFor);
    }
  }
}
