package dev.handoff.testing.simulation;

import dev.handoff.Task;
import dev.handoff.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which store is announcing which end: the others pass it by. Locks are no data; they end with
/// their store.
final class AnnouncementLocks {
  private final Map<TaskId, ModelTaskStore> holders = new TreeMap<>(TaskIndex.BY_ID);

  /// Takes the first of these tasks that nobody has.
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
