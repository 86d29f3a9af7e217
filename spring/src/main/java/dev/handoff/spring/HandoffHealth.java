package dev.handoff.spring;

import dev.handoff.Handoff;
import dev.handoff.StoreUnavailableException;
import dev.handoff.store.TaskStore;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Up while the engine runs and its store answers a question.
final class HandoffHealth implements HealthIndicator {
  private final Handoff handoff;
  private final TaskStore store;

  HandoffHealth(Handoff handoff, TaskStore store) {
    this.handoff = handoff;
    this.store = store;
  }

  @Override
  public Health health() {
    Handoff.NodeStatus node = handoff.status();
    if (!node.running()) {
      return Health.outOfService().withDetail("engine", "stopped").build();
    }
    try {
      boolean workers = store.hasWorkers();
      return Health.up()
          .withDetail("attempts", node.attempts())
          .withDetail("followers", node.followers())
          .withDetail("workers", workers)
          .build();
    } catch (StoreUnavailableException away) {
      return Health.down().withDetail("store", "does not answer").build();
    }
  }
}
