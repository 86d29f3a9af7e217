package dev.handoff.spring;

import dev.handoff.Handoff;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Up while the engine and its loops run and the store answers a query within a second. A check
/// takes at most a second.
final class HandoffHealth implements HealthIndicator {
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);

  private final Handoff handoff;
  private final StoreProbe probe;

  HandoffHealth(Handoff handoff, StoreProbe probe) {
    this.handoff = handoff;
    this.probe = probe;
  }

  @Override
  public Health health() {
    Handoff.NodeStatus node = handoff.status();
    if (!node.stalled().isEmpty()) {
      return Health.down().withDetail("stalled", node.stalled()).build();
    }
    if (!node.running()) {
      return Health.outOfService().withDetail("engine", "stopped").build();
    }
    Optional<Boolean> workers = probe.hasWorkers(PROBE_TIMEOUT);
    return workers.isEmpty()
        ? Health.down().withDetail("store", "does not answer").build()
        : Health.up()
            .withDetail("attempts", node.attempts())
            .withDetail("abandoned", node.abandoned())
            .withDetail("followers", node.followers())
            .withDetail("workers", workers.get())
            .build();
  }
}
