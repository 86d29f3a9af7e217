package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.Lease;
import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskState.Processing;
import dev.handoff.store.Node;
import dev.handoff.store.Rescued;
import dev.handoff.store.TaskStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps this node's lease, and takes back the tasks of nodes that lost theirs.
final class Membership implements AutoCloseable {
  private static final int RESCUE_BATCH = 500;

  private final EngineParts parts;
  private final TaskStore store;
  private final Slots slots;
  private final ServiceLoop loop;
  private final RenewalWatch watch;
  private Map<Lease, Instant> unknownSince = Map.of();

  Membership(EngineParts parts, Slots slots) {
    this.parts = parts;
    this.store = parts.store();
    this.slots = slots;
    this.watch = new RenewalWatch(parts.store().clock(), parts.config().lease());
    this.loop =
        new ServiceLoop("membership", parts.config().lease().renewEvery(), this::runDue, parts);
  }

  /// Makes the node known; nothing can be claimed before.
  void join() {
    watch.begin();
    store.join(new Node(parts.node(), parts.config().role()), parts.config().lease().length());
    var _ = watch.end();
  }

  /// Keeps the lease from now on; the first round, and with it the first rescue, follows at once.
  void start() {
    loop.start();
  }

  /// Renews and takes back now: some node is known to be dead, or the store was away.
  void wake() {
    loop.wake();
  }

  /// Renews the lease. When it had lapsed, the others have this node's tasks: what runs here is
  /// given up, and the node joins anew.
  private void renew() {
    boolean known = extendLease();
    if (known) {
      compareWithStore();
      return;
    }
    Collection<Attempt> lost = slots.all();
    lost.forEach(Attempt::stop);
    join();
    parts.listener().on(new EngineEvent.LeaseLapsed(parts.node(), lost.size()));
  }

  private boolean extendLease() {
    watch.begin();
    boolean known = store.renew(parts.node(), parts.config().lease().length());
    if (watch.end() && known) {
      // What a slow renewal wrote may have lapsed by the time that it was there.
      known = store.renew(parts.node(), parts.config().lease().length());
    }
    return known;
  }

  /// Gives up attempts that the store has taken from this node, should the news have been missed;
  /// and hands back what the store says it holds and nobody here knows of: a claim whose answer was
  /// lost. That is believed when it has been so for a while, for a task that was just claimed looks
  /// the same.
  private void compareWithStore() {
    Collection<Attempt> before = slots.all();
    Set<Lease> held = new LinkedHashSet<>(store.held(parts.node()));
    before.stream().filter(attempt -> !held.contains(attempt.lease())).forEach(Attempt::stop);
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

  /// Gives the attempt up if the store says that somebody else has its task: another node wrote
  /// about it. Returns at once.
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
        attempt.stop();
      }
    } catch (StoreUnavailableException _) {
      // The next renewal compares everything.
    }
  }

  /// A round of the loop, which knows that it comes in time.
  private void runDue() {
    watch.due();
    var _ = runOnce();
  }

  /// Takes back what dead nodes held, after renewing: a machine that slept must not take its own
  /// tasks for a dead node's.
  Rescued runOnce() {
    renew();
    int requeued = 0;
    int failed = 0;
    Rescued found;
    do {
      found =
          watch.lapsedIsDead()
              ? store.rescue(parts.node(), RESCUE_BATCH)
              : store.rescueFromKnownDead(parts.node(), RESCUE_BATCH);
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
