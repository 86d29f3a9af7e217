package dev.handoff.systems.kit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// So long, in milliseconds, took half of them, and all but one in twenty.
public record Percentiles(@JsonProperty("p50_ms") long p50Ms, @JsonProperty("p95_ms") long p95Ms) {
  /// Of these times, of which there is at least one.
  public static Percentiles of(List<Long> times) {
    List<Long> sorted = times.stream().sorted().toList();
    return new Percentiles(nth(sorted, 0.50), nth(sorted, 0.95));
  }

  // The smallest value that so many are not above.
  private static long nth(List<Long> sorted, double share) {
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }
}
