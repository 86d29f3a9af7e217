package dev.handoff.testing.simulation;

import dev.handoff.Priority;
import java.util.Comparator;
import java.util.List;

/// A queue: the waiting tasks of one type and priority that pass the same gates.
record ModelQueueKey(String type, Priority priority, List<String> gates) {
  static final Comparator<ModelQueueKey> ORDER =
      Comparator.comparing(ModelQueueKey::type)
          .thenComparing(ModelQueueKey::priority)
          .thenComparing(queue -> queue.gates().toString());

  /// The queue of tasks that pass no gates.
  ModelQueueKey(String type, Priority priority) {
    this(type, priority, List.of());
  }

  /// The tasks of one tenant in a queue.
  record TenantQueueKey(ModelQueueKey queue, String tenant) {
    static final Comparator<TenantQueueKey> ORDER =
        Comparator.comparing(TenantQueueKey::queue, ModelQueueKey.ORDER)
            .thenComparing(TenantQueueKey::tenant);
  }
}
