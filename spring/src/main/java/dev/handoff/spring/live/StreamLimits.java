package dev.handoff.spring.live;

import java.time.Duration;

/// What bounds the live streams of a node (`handoff.streams.*`); a socket counts as one stream.
/// Longer durations than a century are a century: they are compared as nanoseconds in a `long`.
public record StreamLimits(
    int perOwner, int perNode, Duration pingEvery, Duration writeLimit, Duration longest) {
  private static final Duration CENTURY = Duration.ofDays(36_500);

  /// Bounds the durations.
  public StreamLimits {
    pingEvery = bounded(pingEvery);
    writeLimit = bounded(writeLimit);
    longest = bounded(longest);
  }

  private static Duration bounded(Duration length) {
    return length.compareTo(CENTURY) > 0 ? CENTURY : length;
  }
}
