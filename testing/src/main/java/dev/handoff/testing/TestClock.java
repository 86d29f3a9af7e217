package dev.handoff.testing;

import dev.handoff.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until a test moves it. Whoever waits on it is told of each move, so
/// nobody has to sleep. Safe for use by many threads.
public final class TestClock implements TimeSource {
  private final AtomicReference<Instant> now;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  private TestClock(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  /// Standing at this time.
  public static TestClock at(Instant start) {
    return new TestClock(start);
  }

  /// Standing at nine o'clock UTC on 5 January 2026.
  public static TestClock atNine() {
    return at(Instant.parse("2026-01-05T09:00:00Z"));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /// Moves on by this much, then tells the listeners.
  ///
  /// @return the new time
  public Instant advance(Duration by) {
    Instant moved = now.updateAndGet(before -> before.plus(by));
    tell();
    return moved;
  }

  /// Moves to this time, then tells the listeners.
  public void set(Instant to) {
    now.set(to);
    tell();
  }

  private void tell() {
    listeners.forEach(Runnable::run);
  }

  @Override
  public void onJump(Runnable listener) {
    listeners.add(listener);
  }
}
