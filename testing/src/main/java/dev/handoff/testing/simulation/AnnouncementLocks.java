package dev.handoff.testing.simulation;

import dev.handoff.Task;
import dev.handoff.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The ends that a store is announcing; other stores skip them. Locks are not data and end with
/// their store.
final class AnnouncementLocks {
  private final Map<TaskId, ModelTaskStore> holders = new TreeMap<>(TaskIndex.BY_ID);

  /// Locks the first of these tasks that is not locked.
  List<Task> take(ModelTaskStore store, List<Task> tasks, int atMost) {
    List<Task> taken = new ArrayList<>();
    for (Task task : tasks) {
      if (taken.size() < atMost && holders.putIfAbsent(task.id(), store) == null) {
        taken.add(task);
      }
    }
    return taken;
  }

  boolean has(ModelTaskStore store, Task task) {
    return holders.get(task.id()) == store;
  }

  void release(ModelTaskStore store, List<Task> tasks) {
    tasks.forEach(task -> holders.remove(task.id(), store));
  }

  void releaseAll(ModelTaskStore store) {
    holders.values().removeIf(holder -> holder == store);
  }

  void clear() {
    holders.clear();
  }
}
