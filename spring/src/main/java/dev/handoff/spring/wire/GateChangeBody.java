package dev.handoff.spring.wire;

import org.jspecify.annotations.Nullable;

/// The body of `PUT /ops/gates/{name}`. A limit that is absent stays, null removes it.
public record GateChangeBody(
    @Nullable Integer concurrency, @Nullable RateBody starts, @Nullable RateBody units) {
  /// So many per duration, such as `PT1M`.
  public record RateBody(long count, @Sized(min = 1, max = 40) String per) {}
}
