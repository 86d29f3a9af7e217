package dev.handoff.testing.engine;

import dev.handoff.OwnerSubscriber;
import dev.handoff.TaskId;
import dev.handoff.TaskStatus;
import dev.handoff.TaskSummary;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A subscriber to an owner's tasks that remembers how each was told last. Safe for use by many
/// threads.
public final class OwnerSeen implements OwnerSubscriber {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TaskId, TaskSummary> last = new HashMap<>();
  private final List<TaskId> wentBack = new CopyOnWriteArrayList<>();
  private @Nullable Instant upTo;

  /// One that was told nothing yet.
  public OwnerSeen() {}

  @Override
  public void onTasks(List<TaskSummary> tasks, Instant upTo) {
    lock.lock();
    try {
      this.upTo = upTo;
      for (TaskSummary task : tasks) {
        TaskSummary before = last.put(task.id(), task);
        if (before != null && before.activity().lastEvent() > task.activity().lastEvent()) {
          wentBack.add(task.id());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// How the task was told last.
  public Optional<TaskStatus> status(TaskId task) {
    lock.lock();
    try {
      return Optional.ofNullable(last.get(task)).map(TaskSummary::status);
    } finally {
      lock.unlock();
    }
  }

  /// The tasks that it was told of.
  public Set<TaskId> tasks() {
    lock.lock();
    try {
      return Set.copyOf(last.keySet());
    } finally {
      lock.unlock();
    }
  }

  /// How many it saw completed.
  public long completed() {
    lock.lock();
    try {
      return last.values().stream().filter(task -> task.status() == TaskStatus.COMPLETED).count();
    } finally {
      lock.unlock();
    }
  }

  /// The tasks that were told as they had been before.
  public List<TaskId> wentBack() {
    return List.copyOf(wentBack);
  }

  /// Up to when it was told everything, once it was told anything.
  public Optional<Instant> upTo() {
    lock.lock();
    try {
      return Optional.ofNullable(upTo);
    } finally {
      lock.unlock();
    }
  }
}
