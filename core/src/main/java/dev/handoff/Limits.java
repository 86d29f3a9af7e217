package dev.handoff;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long one attempt may take. At the soft limit the handler is asked to come to an end; at the
/// hard limit it is interrupted, its slot is freed, and nothing it writes later counts. The same
/// happens after a silence: a time in which the handler emitted no part of its output.
///
/// @param soft below the hard limit; null for none
/// @param silence longest time from the claim to the first chunk, and from each chunk to the next
///   or to the end; null for none
public record Limits(@Nullable Duration soft, Duration hard, @Nullable Duration silence) {
  /// No soft limit, ten minutes hard: twice what the slowest of the five systems needs.
  public static final Limits DEFAULTS = Limits.hard(Duration.ofMinutes(10));

  /// All positive, the soft one below the hard one.
  public Limits {
    if (hard.isNegative() || hard.isZero()) {
      throw new IllegalArgumentException("the hard limit is positive, was " + hard);
    }
    if (soft != null && (soft.isNegative() || soft.isZero() || soft.compareTo(hard) >= 0)) {
      throw new IllegalArgumentException(
          "the soft limit is positive and below the hard limit, were " + soft + " and " + hard);
    }
    if (silence != null && (silence.isNegative() || silence.isZero())) {
      throw new IllegalArgumentException("the longest silence is positive, was " + silence);
    }
  }

  /// Returns limits without a soft limit.
  public static Limits hard(Duration hard) {
    return new Limits(null, hard, null);
  }

  /// With this soft limit as well.
  public Limits withSoft(Duration soft) {
    return new Limits(soft, hard, silence);
  }

  /// With this longest silence as well. An answer that is streamed for minutes is not stopped while
  /// it grows; one that hangs is stopped long before the hard limit.
  public Limits withSilence(Duration silence) {
    return new Limits(soft, hard, silence);
  }

  /// The soft limit, where there is one.
  public Optional<Duration> softLimit() {
    return Optional.ofNullable(soft);
  }

  /// The longest silence, where there is one.
  public Optional<Duration> longestSilence() {
    return Optional.ofNullable(silence);
  }
}
