package dev.handoff.testing;

import dev.handoff.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A clock that stands still until a test moves it. It notifies the engine's waiting loops of each
/// move, so no test has to sleep. Safe for use by many threads.
public final class TestClock implements TimeSource {
  private final AtomicReference<Instant> now;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Leap> leap = new AtomicReference<>();

  /// @param reader the thread whose reads count; null for any
  private record Leap(int looks, Duration by, @Nullable Thread reader) {
    boolean counts(Thread thread) {
      return reader == null || reader.equals(thread);
    }
  }

  private TestClock(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  /// Returns a clock that stands still at this time.
  public static TestClock at(Instant start) {
    return new TestClock(start);
  }

  /// Returns a clock that stands still at nine o'clock UTC on 5 January 2026.
  public static TestClock atNine() {
    return at(Instant.parse("2026-01-05T09:00:00Z"));
  }

  @Override
  public Instant instant() {
    Instant seen = now.get();
    Leap last = leap.getAndUpdate(TestClock::afterALook);
    if (last != null && last.looks() == 1 && last.counts(Thread.currentThread())) {
      advance(last.by());
    }
    return seen;
  }

  private static @Nullable Leap afterALook(@Nullable Leap leap) {
    if (leap == null || !leap.counts(Thread.currentThread())) {
      return leap;
    }
    return leap.looks() == 1 ? null : new Leap(leap.looks() - 1, leap.by(), leap.reader());
  }

  /// Advances by this much right after this many reads of the clock, counted from 1: in the middle
  /// of what the engine does. Replaces an earlier leap that has not happened.
  public void leapAfter(int looks, Duration by) {
    leap.set(new Leap(looks, by, null));
  }

  /// As [#leapAfter], but only reads by the calling thread count: for what the test itself calls,
  /// beside threads of the engine that a move of the clock has just woken.
  public void leapAfterOwn(int looks, Duration by) {
    leap.set(new Leap(looks, by, Thread.currentThread()));
  }

  /// Advances now if a leap of [#leapAfter] has not happened yet.
  public void leapNow() {
    Leap still = leap.getAndSet(null);
    if (still != null) {
      advance(still.by());
    }
  }

  /// Advances by this much, then calls the listeners.
  ///
  /// @return the new time
  public Instant advance(Duration by) {
    Instant moved = now.updateAndGet(before -> before.plus(by));
    tell();
    return moved;
  }

  /// Moves to this time, then calls the listeners.
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
