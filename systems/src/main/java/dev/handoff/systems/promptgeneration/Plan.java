package dev.handoff.systems.promptgeneration;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be bought: tokens alone, which last until they are used, or tokens for some days.
public record Plan(String id, String name, long tokensIncluded, @Nullable Integer durationDays) {
  static Plan ofTokens(String id, String name, long tokens) {
    return new Plan(id, name, tokens, null);
  }

  static Plan ofDays(String id, String name, long tokens, int days) {
    return new Plan(id, name, tokens, days);
  }

  /// For how many days; nothing without a limit.
  Optional<Integer> duration() {
    return Optional.ofNullable(durationDays);
  }
}
