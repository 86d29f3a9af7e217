package dev.handoff.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/// When each loop of an engine last completed a round, in real time, whatever the engine's clock
/// says. A loop without a heartbeat for longer than its bound is stalled. Safe for use by many
/// threads.
final class Heartbeats {
  private final LongSupplier nanos;
  private final List<Beat> beats = new CopyOnWriteArrayList<>();

  Heartbeats(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// Registers a loop that beats at least this often from now on.
  Beat of(String loop, Duration atLeastEvery) {
    Beat beat = new Beat(loop, atLeastEvery.toNanos());
    beat.now();
    beats.add(beat);
    return beat;
  }

  /// Returns the names of the stalled loops.
  List<String> stalled() {
    return beats.stream().filter(Beat::isOverdue).map(beat -> beat.loop).toList();
  }

  /// The heartbeat of one loop.
  final class Beat {
    private final String loop;
    private final long bound;
    private volatile long last;

    private Beat(String loop, long bound) {
      this.loop = loop;
      this.bound = bound;
    }

    void now() {
      last = nanos.getAsLong();
    }

    private boolean isOverdue() {
      return nanos.getAsLong() - last > bound;
    }
  }
}
