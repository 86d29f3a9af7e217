package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.store.Node;
import dev.handoff.store.Rescued;
import dev.handoff.store.TaskStore;
import java.time.Instant;
import java.util.Collection;

/// Keeps this node's lease, and takes back the tasks of nodes that lost theirs.
final class Membership implements AutoCloseable {
  private static final int RESCUE_BATCH = 500;

  private final EngineParts parts;
  private final TaskStore store;
  private final Slots slots;
  private final ServiceLoop loop;

  Membership(EngineParts parts, Slots slots) {
    this.parts = parts;
    this.store = parts.store();
    this.slots = slots;
    this.loop =
        new ServiceLoop(
            "membership",
            parts.config().lease().renewEvery(),
            this::runOnce,
            parts.alarms(),
            parts.listener());
  }

  /// Makes the node known; nothing can be claimed before.
  void join() {
    store.join(new Node(parts.node(), parts.config().role()), leaseEnd());
  }

  /// Keeps the lease from now on; the first round, and with it the first rescue, follows at once.
  void start() {
    loop.start();
  }

  private Instant leaseEnd() {
    return store.clock().instant().plus(parts.config().lease().length());
  }

  /// Renews the lease. When it had lapsed, the others have this node's tasks: what runs here is
  /// given up, and the node joins anew.
  private void renew() {
    if (store.renew(parts.node(), leaseEnd())) {
      return;
    }
    Collection<Attempt> lost = slots.all();
    lost.forEach(Attempt::stop);
    join();
    parts.listener().on(new EngineEvent.LeaseLapsed(parts.node(), lost.size()));
  }

  /// Takes back what dead nodes held, after renewing: a machine that slept must not take its own
  /// tasks for a dead node's.
  Rescued runOnce() {
    renew();
    int requeued = 0;
    int failed = 0;
    Rescued found;
    do {
      found = store.rescue(RESCUE_BATCH);
      requeued += found.requeued();
      failed += found.failed();
    } while (found.requeued() + found.failed() >= RESCUE_BATCH);
    if (requeued + failed > 0) {
      parts.listener().on(new EngineEvent.TasksRescued(requeued, failed));
    }
    return new Rescued(requeued, failed);
  }

  @Override
  public void close() {
    loop.close();
  }
}
