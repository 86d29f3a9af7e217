package dev.handoff.engine;

import dev.handoff.TaskId;
import dev.handoff.TimeSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Makes ids as UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, 12 bits of a counter within
/// them, 62 random bits. Ids of one process grow strictly, so tasks of one moment keep the order of
/// their submits. Safe for use by many threads.
final class TaskIds {
  private static final int COUNTER_BITS = 12;

  private final TimeSource clock;
  private final RandomGenerator random;
  // Milliseconds and counter together, never going back even when the clock does.
  private final AtomicLong last = new AtomicLong();

  TaskIds(TimeSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  TaskId next() {
    long now = clock.millis() << COUNTER_BITS;
    long stamp = last.updateAndGet(before -> Math.max(now, before + 1));
    long millis = stamp >>> COUNTER_BITS;
    long counter = stamp & ((1L << COUNTER_BITS) - 1);
    long high = millis << 16 | 7L << 12 | counter;
    long low = 0b10L << 62 | random.nextLong() >>> 2;
    return new TaskId(new UUID(high, low));
  }
}
