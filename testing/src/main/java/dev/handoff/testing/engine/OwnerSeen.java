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

/// A subscriber to an owner's tasks that records the last state of each. Safe for use by many
/// threads.
public final class OwnerSeen implements OwnerSubscriber {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TaskId, TaskSummary> last = new HashMap<>();
  private final List<TaskId> wentBack = new CopyOnWriteArrayList<>();
  private @Nullable Instant upTo;

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

  /// Returns the last reported state of the task.
  public Optional<TaskStatus> status(TaskId task) {
    lock.lock();
    try {
      return Optional.ofNullable(last.get(task)).map(TaskSummary::status);
    } finally {
      lock.unlock();
    }
  }

  /// Returns the reported tasks.
  public Set<TaskId> tasks() {
    lock.lock();
    try {
      return Set.copyOf(last.keySet());
    } finally {
      lock.unlock();
    }
  }

  /// Returns the number of tasks reported as completed.
  public long completed() {
    lock.lock();
    try {
      return last.values().stream().filter(task -> task.status() == TaskStatus.COMPLETED).count();
    } finally {
      lock.unlock();
    }
  }

  /// Returns the tasks that were reported in an older state after a newer one.
  public List<TaskId> wentBack() {
    return List.copyOf(wentBack);
  }

  /// Returns the time up to which all changes were reported; empty before the first report.
  public Optional<Instant> upTo() {
    lock.lock();
    try {
      return Optional.ofNullable(upTo);
    } finally {
      lock.unlock();
    }
  }
}
