package dev.handoff.testing.engine;

import dev.handoff.EventSubscriber;
import dev.handoff.LoggedEvent;
import dev.handoff.TaskEvent.ChunkEmitted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// A subscriber that records a task's events. A reset discards the events before it. Safe for use
/// by many threads.
public final class FollowedTask implements EventSubscriber {
  private static final int OPEN_PERMITS = 1_000_000;

  private final Semaphore calls = new Semaphore(OPEN_PERMITS);
  private final List<LoggedEvent> events = new ArrayList<>();
  private final List<Long> resets = new ArrayList<>();
  private int gone;
  private long longestCall;

  public FollowedTask() {}

  /// Makes calls wait from now on.
  public void pause() {
    calls.drainPermits();
  }

  /// Lets waiting calls continue.
  public void goOn() {
    calls.release(OPEN_PERMITS);
  }

  @Override
  public void onEvents(List<LoggedEvent> told) throws InterruptedException {
    calls.acquire();
    synchronized (this) {
      long size = 0;
      for (LoggedEvent event : told) {
        long expected = events.isEmpty() ? event.seq() : events.getLast().seq() + 1;
        if (event.seq() != expected) {
          throw new IllegalStateException("expected event " + expected + ", was told " + event);
        }
        events.add(event);
        size += event.event() instanceof ChunkEmitted(String text) ? text.length() : 0;
      }
      longestCall = Math.max(longestCall, size);
    }
  }

  @Override
  public synchronized void onReset(long last) {
    events.clear();
    resets.add(last);
  }

  @Override
  public synchronized void onGone() {
    gone++;
  }

  /// Returns the events since the last reset.
  public synchronized List<LoggedEvent> events() {
    return List.copyOf(events);
  }

  /// Returns the numbers of the resets.
  public synchronized List<Long> resets() {
    return List.copyOf(resets);
  }

  /// Returns how often `onGone` was called.
  public synchronized int gone() {
    return gone;
  }

  /// Returns the largest number of chunk characters in one call.
  public synchronized long longestCall() {
    return longestCall;
  }
}
