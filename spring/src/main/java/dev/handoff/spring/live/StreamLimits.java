package dev.handoff.spring.live;

import java.time.Duration;

/// The limits of a node's live streams (`handoff.streams.*`). A socket counts as one stream.
/// Durations are cut to a century, so that their nanoseconds fit into a `long`.
public record StreamLimits(
    int perOwner, int perNode, Duration pingEvery, Duration writeLimit, Duration longest) {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  public StreamLimits {
    pingEvery = bounded(pingEvery);
    writeLimit = bounded(writeLimit);
    longest = bounded(longest);
  }

  private static Duration bounded(Duration length) {
    return length.compareTo(LONGEST) > 0 ? LONGEST : length;
  }
}
