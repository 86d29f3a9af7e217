package dev.handoff;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The limits of a gate, over all nodes: how many attempts run at once, how many start in a time,
/// and how many units (such as tokens) are spent in a time. `null` is no limit.
public record GateLimits(
    @Nullable Integer concurrency, @Nullable Rate starts, @Nullable Rate units) {
  /// The most attempts at once that a limit can say.
  public static final int MAX_CONCURRENCY = 1_000_000;

  /// No limits.
  public static final GateLimits NONE = new GateLimits(null, null, null);

  /// `concurrency` is 1 to [#MAX_CONCURRENCY].
  public GateLimits {
    if (concurrency != null && (concurrency < 1 || concurrency > MAX_CONCURRENCY)) {
      throw new IllegalArgumentException(
          "a gate's concurrency is 1 to " + MAX_CONCURRENCY + ", was " + concurrency);
    }
  }

  /// So many per duration, as many at once at most (the generic cell rate algorithm).
  ///
  /// @param count 1 to [#MAX_COUNT], and at most a million for each second
  /// @param per 1 ms to [#MAX_PER]
  public record Rate(long count, Duration per) {
    public static final long MAX_COUNT = 1_000_000_000_000L;
    public static final Duration MAX_PER = Duration.ofDays(31);
    private static final long MOST_IN_A_MILLISECOND = 1_000;

    public Rate {
      if (per.compareTo(Duration.ofMillis(1)) < 0 || per.compareTo(MAX_PER) > 0) {
        throw new IllegalArgumentException("a rate is per 1 ms to " + MAX_PER + ", was " + per);
      }
      if (count < 1
          || count > MAX_COUNT
          || count > Math.multiplyExact(per.toMillis(), MOST_IN_A_MILLISECOND)) {
        throw new IllegalArgumentException(
            "a rate has a count of 1 to a million for each second, was " + count + " per " + per);
      }
    }
  }

  /// Limits the attempts at once.
  public static GateLimits concurrency(int concurrency) {
    return new GateLimits(concurrency, null, null);
  }

  /// Returns a copy that limits how many attempts start in a time.
  public GateLimits starts(long count, Duration per) {
    return new GateLimits(concurrency, new Rate(count, per), units);
  }

  /// Returns a copy that limits how many units are spent in a time. Units are told after they were
  /// spent ([TaskGate#spend]): attempts start while any are left.
  public GateLimits units(long count, Duration per) {
    return new GateLimits(concurrency, starts, new Rate(count, per));
  }
}
