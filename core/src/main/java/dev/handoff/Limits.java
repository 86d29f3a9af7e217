package dev.handoff;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long one attempt may take. At the soft limit the handler is asked to come to an end; at the
/// hard limit it is interrupted, its slot is freed, and nothing it writes later counts.
public record Limits(@Nullable Duration soft, Duration hard) {
  /// No soft limit, ten minutes hard: twice what the slowest of the five systems needs.
  public static final Limits DEFAULTS = new Limits(null, Duration.ofMinutes(10));

  /// Both positive, the soft one below the hard one.
  public Limits {
    if (hard.isNegative() || hard.isZero()) {
      throw new IllegalArgumentException("the hard limit is positive, was " + hard);
    }
    if (soft != null && (soft.isNegative() || soft.isZero() || soft.compareTo(hard) >= 0)) {
      throw new IllegalArgumentException(
          "the soft limit is positive and below the hard limit, were " + soft + " and " + hard);
    }
  }

  /// Returns limits without a soft limit.
  public static Limits hard(Duration hard) {
    return new Limits(null, hard);
  }

  /// With this soft limit as well.
  public Limits withSoft(Duration soft) {
    return new Limits(soft, hard);
  }

  /// The soft limit, where there is one.
  public Optional<Duration> softLimit() {
    return Optional.ofNullable(soft);
  }
}
