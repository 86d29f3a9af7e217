package dev.handoff.systems.accounts.guessing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// How long the next try has to wait after wrong ones in a row: some are free, then 1 s, 2 s, 4 s
/// and so on, 15 min at most. A day without a try forgets them. Remembers at most 100,000 keys on
/// this node. Safe for use by many threads.
final class GuessDelays {
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration REMEMBERED_FOR = Duration.ofDays(1);
  private static final int REMEMBERED = 100_000;
  private static final int DOUBLINGS = 10;

  private final int free;
  private final InstantSource clock;
  private final Cache<String, Guesses> guesses;

  private record Guesses(int count, Instant nextAt) {}

  /// @param free how many wrong tries have no delay
  GuessDelays(int free, InstantSource clock) {
    this.free = free;
    this.clock = clock;
    this.guesses =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(REMEMBERED_FOR)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /// Counts a try, which is taken to be wrong until it is [forgotten][#forget], unless it comes too
  /// early.
  ///
  /// @return how much too early it comes; zero if it may be made
  Duration attempt(String key) {
    Instant now = clock.instant();
    Duration[] early = {Duration.ZERO};
    var _ =
        guesses
            .asMap()
            .compute(
                key,
                (_, before) -> {
                  if (before != null && now.isBefore(before.nextAt())) {
                    early[0] = Duration.between(now, before.nextAt());
                    return before;
                  }
                  int count = before == null ? 1 : before.count() + 1;
                  return new Guesses(count, now.plus(delayAfter(count)));
                });
    return early[0];
  }

  private Duration delayAfter(int count) {
    if (count < free) {
      return Duration.ZERO;
    }
    Duration delay = Duration.ofSeconds(1L << Math.min(count - free, DOUBLINGS));
    return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
  }

  void forget(String key) {
    guesses.invalidate(key);
  }
}
