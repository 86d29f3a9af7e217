package dev.handoff.testing.store;

import static org.awaitility.Awaitility.await;

import dev.handoff.LoggedEvent;
import dev.handoff.TaskId;
import dev.handoff.store.StoreListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// A listener that remembers what a store announced. Safe for use by many threads.
public final class RecordedEvents implements StoreListener {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TaskId, List<LoggedEvent>> events = new HashMap<>();
  private final AtomicInteger work = new AtomicInteger();
  private final AtomicInteger ends = new AtomicInteger();

  @Override
  public void onTasksDue() {
    work.incrementAndGet();
  }

  @Override
  public void onEndsPending() {
    ends.incrementAndGet();
  }

  @Override
  public void onEvents(TaskId task, List<LoggedEvent> announced) {
    lock.lock();
    try {
      events.computeIfAbsent(task, ignored -> new ArrayList<>()).addAll(announced);
    } finally {
      lock.unlock();
    }
  }

  /// How often work was announced.
  public int work() {
    return work.get();
  }

  /// How often it was said that there are ends to announce.
  public int ends() {
    return ends.get();
  }

  /// What was announced of a task so far, in order.
  public List<LoggedEvent> of(TaskId task) {
    lock.lock();
    try {
      return List.copyOf(events.getOrDefault(task, List.of()));
    } finally {
      lock.unlock();
    }
  }

  /// Waits until exactly these events of the task were announced.
  public void awaitExactly(TaskId task, List<LoggedEvent> expected) {
    await().atMost(PATIENCE).until(() -> of(task).equals(expected));
  }

  /// Waits until work was announced more often than that.
  public void awaitWorkAfter(int before) {
    await().atMost(PATIENCE).until(() -> work() > before);
  }

  /// Waits until ends to announce were spoken of more often than that.
  public void awaitEndsAfter(int before) {
    await().atMost(PATIENCE).until(() -> ends() > before);
  }
}
