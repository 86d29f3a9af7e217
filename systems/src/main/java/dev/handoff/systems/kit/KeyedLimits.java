package dev.handoff.systems.kit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// Bounds how often something is done in a window, for each key on its own. Remembers at most
/// 100,000 keys on this node. Safe for use by many threads.
public final class KeyedLimits {
  private static final int REMEMBERED = 100_000;

  private final Duration window;
  private final Refill refill;
  private final InstantSource clock;
  private final Cache<String, Bucket> buckets;

  /// When what was taken is there again.
  public enum Refill {
    /// All of it, a window after the first was taken.
    AT_ONCE,
    /// Bit by bit during the window.
    STEADILY
  }

  public KeyedLimits(Duration window, Refill refill, InstantSource clock) {
    this.window = window;
    this.refill = refill;
    this.clock = clock;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterAccess(window.multipliedBy(2))
            .build();
  }

  /// One use of a key.
  ///
  /// @param allowed whether it was within the limit
  /// @param remaining how many more are
  /// @param untilNext until the next one is allowed; zero if this one was
  /// @param untilFull until all are allowed again
  public record LimitUse(
      boolean allowed, long remaining, Duration untilNext, Duration untilFull, Runnable takenBack) {
    /// Does not count this use after all.
    public void takeBack() {
      takenBack.run();
    }
  }

  /// Uses a key that may be used so often in a window.
  public LimitUse use(String key, int limit) {
    Bucket bucket = buckets.get(key, _ -> bucket(limit));
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    return new LimitUse(
        probe.isConsumed(),
        probe.getRemainingTokens(),
        Duration.ofNanos(probe.getNanosToWaitForRefill()),
        Duration.ofNanos(probe.getNanosToWaitForReset()),
        () -> bucket.addTokens(1));
  }

  private Bucket bucket(int limit) {
    var capacity = Bandwidth.builder().capacity(limit);
    return Bucket.builder()
        .addLimit(
            switch (refill) {
              case AT_ONCE -> capacity.refillIntervally(limit, window).build();
              case STEADILY -> capacity.refillGreedy(limit, window).build();
            })
        .withCustomTimePrecision(new Meter(clock))
        .build();
  }

  private record Meter(InstantSource clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
