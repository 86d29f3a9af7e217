package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.Lease;
import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskState.Processing;
import dev.handoff.store.Node;
import dev.handoff.store.RescueResult;
import dev.handoff.store.TaskStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Renews this node's lease in time, and has the [LeaseRescuer] look for dead nodes after each
/// renewal.
final class LeaseKeeper implements AutoCloseable {
  private final EngineParts parts;
  private final TaskStore store;
  private final Slots slots;
  private final HandledTypes types;
  private final ServiceLoop loop;
  private final RenewalWatch watch;
  private final LeaseRescuer rescuer;
  private Map<Lease, Instant> unknownSince = Map.of();
  private volatile boolean isTypesTold;
  private volatile boolean closed;

  LeaseKeeper(EngineParts parts, Slots slots, HandledTypes types) {
    this.parts = parts;
    this.types = types;
    this.store = parts.store();
    this.slots = slots;
    this.watch = new RenewalWatch(parts.store().clock(), parts.config().lease());
    this.rescuer = new LeaseRescuer(parts, watch);
    this.loop =
        new ServiceLoop("lease-keeper", parts.config().lease().renewEvery(), this::runDue, parts);
  }

  /// Registers the node with its first lease, and with its types if they are collected. It can
  /// claim nothing before.
  void join() {
    watch.begin();
    Node node = new Node(parts.node(), parts.config().role(), types.claimedNames());
    store.join(node, parts.config().lease().length());
    isTypesTold = node.types().isPresent();
    var ignored = watch.end();
    if (closed) {
      // The node left meanwhile: others would count on it until its new lease ends.
      store.leave(parts.node());
    }
  }

  /// Tells the others which types this node runs, once they are collected, unless they know.
  void tellTypes() {
    if (!isTypesTold) {
      wake();
    }
  }

  /// Starts the loop. Its first round, which renews and rescues, runs at once.
  void start() {
    loop.start();
  }

  /// Renews and rescues now: a node is known to be dead, or the store was unavailable.
  void wake() {
    loop.wake();
  }

  /// Renews the lease. When it had lapsed, other nodes have this node's tasks: the attempts that
  /// run here are stopped, and the node joins again.
  private void renew() {
    boolean known = extendLease();
    if (!known && closed) {
      return;
    }
    if (known) {
      if (!isTypesTold && types.claimedNames().isPresent()) {
        join();
      }
      compareWithStore();
      return;
    }
    Collection<Attempt> lost = slots.all();
    lost.forEach(attempt -> attempt.stop(AttemptEnd.LEASE_LOST));
    join();
    parts.listener().on(new EngineEvent.LeaseLapsed(parts.node(), lost.size()));
  }

  private boolean extendLease() {
    watch.begin();
    boolean known = store.renew(parts.node(), parts.config().lease().length());
    if (watch.end() && known) {
      // The lease that a slow renewal wrote may have lapsed already.
      known = store.renew(parts.node(), parts.config().lease().length());
    }
    return known;
  }

  /// Compares the attempts of this node with the leases that the store has for it. Stops attempts
  /// that hold no lease any more, whose hint was lost. Hands back leases without an attempt: the
  /// answer to their claim was lost. Such a lease is handed back only when it has had no attempt
  /// for the time between two renewals, because a task that was just claimed looks the same.
  private void compareWithStore() {
    Collection<Attempt> before = slots.all();
    Set<Lease> held = new LinkedHashSet<>(store.held(parts.node()));
    before.stream()
        .filter(attempt -> !held.contains(attempt.lease()))
        .forEach(attempt -> attempt.stop(AttemptEnd.LEASE_LOST));
    Instant now = store.clock().instant();
    Instant longAgo = now.minus(parts.config().lease().renewEvery());
    Map<Lease, Instant> unknown = new HashMap<>();
    for (Lease lease : held) {
      if (slots.find(lease.task()).isEmpty()) {
        Instant since = unknownSince.getOrDefault(lease, now);
        unknown.put(lease, since);
        if (!since.isAfter(longAgo)) {
          store.append(
              lease, List.of(new AttemptSnoozed(now, "The work was not started.")), List.of());
        }
      }
    }
    unknownSince = unknown;
  }

  /// Stops the attempt if it does not hold its task any more. Returns at once; a thread of its own
  /// asks the store.
  void check(Attempt attempt) {
    parts.scheduler().startVirtual("handoff-check", () -> stopUnlessHeld(attempt));
  }

  private void stopUnlessHeld(Attempt attempt) {
    try {
      boolean held =
          store
              .find(attempt.task())
              .filter(task ->
                  task.state() instanceof Processing processing
                      && processing.lease().equals(attempt.lease()))
              .isPresent();
      if (!held) {
        attempt.stop(AttemptEnd.LEASE_LOST);
      }
    } catch (StoreUnavailableException ignored) {
      // The next renewal compares everything.
    }
  }

  private void runDue() {
    watch.due();
    var ignored = runOnce();
  }

  /// Renews the lease, then rescues the tasks of dead nodes.
  RescueResult runOnce() {
    renew();
    return rescuer.rescueAll();
  }

  @Override
  public void close() {
    closed = true;
    loop.close();
  }
}
