package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.store.Node;
import dev.handoff.store.Rescued;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/// Keeps this node's lease, and takes back the tasks of nodes that lost theirs.
final class Membership implements AutoCloseable {
  private static final int RESCUE_BATCH = 500;

  private final EngineParts parts;
  private final TaskStore store;
  private final Slots slots;
  private final ServiceLoop renewal;
  private final ServiceLoop rescue;

  Membership(EngineParts parts, Slots slots) {
    this.parts = parts;
    this.store = parts.store();
    this.slots = slots;
    Duration renewEvery = parts.config().lease().renewEvery();
    this.renewal =
        new ServiceLoop("lease", renewEvery, this::renew, parts.alarms(), parts.listener());
    this.rescue =
        new ServiceLoop("rescue", renewEvery, this::rescueAll, parts.alarms(), parts.listener());
  }

  /// Joins before anything can be claimed; the first rescue follows at once.
  void start() {
    join();
    renewal.start();
    rescue.start();
  }

  private void join() {
    store.join(new Node(parts.node(), parts.config().role()), leaseEnd());
  }

  private Instant leaseEnd() {
    return store.clock().instant().plus(parts.config().lease().length());
  }

  /// Renews the lease. When it had lapsed, the others have this node's tasks: what runs here is
  /// given up, and the node joins anew.
  void renew() {
    if (store.renew(parts.node(), leaseEnd())) {
      return;
    }
    Collection<Attempt> lost = slots.all();
    lost.forEach(Attempt::stop);
    join();
    parts.listener().on(new EngineEvent.LeaseLapsed(parts.node(), lost.size()));
  }

  /// Takes back what dead nodes held.
  Rescued runOnce() {
    Rescued found = store.rescue(RESCUE_BATCH);
    if (!found.isEmpty()) {
      parts.listener().on(new EngineEvent.TasksRescued(found.requeued(), found.failed()));
    }
    return found;
  }

  private void rescueAll() {
    Rescued found = runOnce();
    while (found.requeued() + found.failed() >= RESCUE_BATCH) {
      found = runOnce();
    }
  }

  @Override
  public void close() {
    renewal.close();
    rescue.close();
  }
}
