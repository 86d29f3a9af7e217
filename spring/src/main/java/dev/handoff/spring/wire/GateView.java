package dev.handoff.spring.wire;

import dev.handoff.GateLimits;
import dev.handoff.Gates;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A gate, or a family of gates, with its own limits; null is no limit.
///
/// @param closed null unless it is closed
/// @param running the attempts that hold a place
public record GateView(
    String name,
    @Nullable Integer concurrency,
    @Nullable RateView starts,
    @Nullable RateView units,
    @Nullable ClosingView closed,
    int running) {
  /// So many per ISO 8601 duration.
  public record RateView(long count, String per) {
    static @Nullable RateView of(GateLimits.@Nullable Rate rate) {
      return rate == null ? null : new RateView(rate.count(), rate.per().toString());
    }
  }

  /// Until when, and why.
  public record ClosingView(Instant until, String reason) {}

  public static GateView of(Gates.GateState gate) {
    GateLimits limits = gate.limits();
    Gates.Closing closing = gate.closing();
    return new GateView(
        gate.name(),
        limits.concurrency(),
        RateView.of(limits.starts()),
        RateView.of(limits.units()),
        closing == null ? null : new ClosingView(closing.until(), closing.reason()),
        gate.running());
  }
}
