package dev.handoff.testing.engine;

import dev.handoff.EventSubscriber;
import dev.handoff.LoggedEvent;
import dev.handoff.TaskEvent.ChunkEmitted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// What a subscriber of a task was told, as a reader has it in the end: a reset throws away what
/// was told before. Safe for use by many threads.
public final class FollowedTask implements EventSubscriber {
  private static final int OPEN_PERMITS = 1_000_000;

  private final Semaphore calls = new Semaphore(OPEN_PERMITS);
  private final List<LoggedEvent> events = new ArrayList<>();
  private final List<Long> resets = new ArrayList<>();
  private int gone;
  private long longestCall;

  /// A subscriber that was told nothing yet.
  public FollowedTask() {}

  /// Calls wait from here on.
  public void pause() {
    calls.drainPermits();
  }

  /// Calls that wait go on.
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

  /// The events since the last reset.
  public synchronized List<LoggedEvent> events() {
    return List.copyOf(events);
  }

  /// With which numbers it was reset.
  public synchronized List<Long> resets() {
    return List.copyOf(resets);
  }

  /// How often it was told that the task is gone.
  public synchronized int gone() {
    return gone;
  }

  /// The most characters of chunks in one call.
  public synchronized long longestCall() {
    return longestCall;
  }
}
