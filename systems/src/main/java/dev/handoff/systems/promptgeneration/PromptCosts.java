package dev.handoff.systems.promptgeneration;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What prompts cost.
///
/// @param requiredTokens how many tokens are held for each prompt
/// @param cacheFor how long an equal request that allows it gets the same prompt, at no cost
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
