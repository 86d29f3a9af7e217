package dev.handoff.testing.simulation;

import dev.handoff.Priority;
import java.util.Comparator;

/// A queue: the waiting tasks of one type and priority.
record ModelQueueKey(String type, Priority priority) {
  static final Comparator<ModelQueueKey> ORDER =
      Comparator.comparing(ModelQueueKey::type).thenComparing(ModelQueueKey::priority);

  /// The tasks of one tenant in a queue.
  record TenantQueueKey(ModelQueueKey queue, String tenant) {
    static final Comparator<TenantQueueKey> ORDER =
        Comparator.comparing(TenantQueueKey::queue, ModelQueueKey.ORDER)
            .thenComparing(TenantQueueKey::tenant);
  }
}
