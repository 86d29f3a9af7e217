package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.store.RescueResult;
import dev.handoff.store.TaskStore;

/// Queues the tasks of dead nodes again. Called by one thread at a time, after this node renewed
/// its own lease: a machine that slept must not take its own tasks for a dead node's.
final class LeaseRescuer {
  private static final int BATCH = 500;

  private final EngineParts parts;
  private final TaskStore store;
  private final RenewalWatch watch;

  LeaseRescuer(EngineParts parts, RenewalWatch watch) {
    this.parts = parts;
    this.store = parts.store();
    this.watch = watch;
  }

  /// Rescues in batches until no dead node holds a task.
  ///
  /// @return how many tasks were queued again, and how many failed for good
  RescueResult rescueAll() {
    int requeued = 0;
    int failed = 0;
    RescueResult found;
    do {
      found =
          watch.lapsedIsDead()
              ? store.rescue(parts.node(), BATCH)
              : store.rescueFromKnownDead(parts.node(), BATCH);
      requeued += found.requeued();
      failed += found.failed();
    } while (found.requeued() + found.failed() >= BATCH);
    if (requeued + failed > 0) {
      parts.listener().on(new EngineEvent.TasksRescued(requeued, failed));
    }
    return new RescueResult(requeued, failed);
  }
}
