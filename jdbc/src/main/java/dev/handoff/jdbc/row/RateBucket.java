package dev.handoff.jdbc.row;

import dev.handoff.GateLimits.Rate;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// The generic cell rate algorithm: a rate is used up until a time, which moves ahead with each use
/// and stays at most one period ahead of the present. Times are in microseconds since 1970.
final class RateBucket {
  private static final long MICROS_PER_MILLI = 1_000;
  private static final double ROUNDING = 1e-6;
  private static final long LONGEST = TimeUnit.DAYS.toMicros(366);

  private RateBucket() {}

  static long micros(Instant at) {
    return TimeUnit.SECONDS.toMicros(at.getEpochSecond())
        + TimeUnit.NANOSECONDS.toMicros(at.getNano());
  }

  /// Returns how many uses fit now; 0 or less for none.
  static long available(Rate rate, long usedUntil, Instant now) {
    long ahead = Math.max(0, usedUntil - micros(now));
    double uses = (period(rate) - ahead) * (double) rate.count() / period(rate);
    return (long) Math.floor(uses + ROUNDING);
  }

  /// Returns until when the rate is used up after so many more uses, at most [#LONGEST] from now.
  static long after(Rate rate, long usedUntil, long uses, Instant now) {
    long from = Math.max(usedUntil, micros(now));
    double more = uses * (period(rate) / (double) rate.count());
    return Math.min(from + (long) Math.min(more, (double) LONGEST), micros(now) + LONGEST);
  }

  /// Returns when a use fits again, in whole milliseconds.
  static Instant availableAt(Rate rate, long usedUntil) {
    long micros = usedUntil - period(rate) + (long) Math.ceil(period(rate) / (double) rate.count());
    return Instant.ofEpochMilli(Math.ceilDiv(micros, MICROS_PER_MILLI));
  }

  private static long period(Rate rate) {
    return rate.per().toMillis() * MICROS_PER_MILLI;
  }
}
