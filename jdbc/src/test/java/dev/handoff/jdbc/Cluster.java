package dev.handoff.jdbc;

import dev.handoff.EndListener;
import dev.handoff.EngineEvent;
import dev.handoff.Extensions;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.TimeSource;
import dev.handoff.jdbc.postgres.PostgresClock;
import dev.handoff.testing.TestDatabase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Several nodes in one process, each with connections, a store and an engine of its own, as if
/// they were several processes.
final class Cluster implements AutoCloseable {
  private final TestDatabase data;
  private final Deque<Runnable> endings = new ArrayDeque<>();
  private final List<EngineEvent> reported = new CopyOnWriteArrayList<>();
  private boolean notifications = true;
  private TimeSource local = TimeSource.system();
  private EndListener ends = EndListener.NONE;

  Cluster(TestDatabase data) {
    this.data = data;
  }

  /// For the nodes that follow.
  Cluster withNotifications(boolean notifications) {
    this.notifications = notifications;
    return this;
  }

  /// What the machine of the nodes that follow believes the time to be.
  Cluster withLocalTime(TimeSource local) {
    this.local = local;
    return this;
  }

  /// Whom the nodes that follow tell of ends.
  void announcingTo(EndListener ends) {
    this.ends = ends;
  }

  Handoff start(HandoffConfig config, HandledType<?, ?>... types) {
    PostgresDatabase database =
        PostgresDatabase.open(
            PostgresHarness.settings(data).withNotifications(notifications).withConnections(6));
    endings.push(database::close);
    PostgresTaskStore store =
        PostgresTaskStore.open(database, new PostgresClock(local), CallerTransaction.NONE);
    endings.push(store::close);
    Handoff node =
        Handoff.start(
            store,
            List.of(types),
            config,
            Extensions.defaults().tellingAlso(this::note).announcingTo(ends));
    endings.push(node::close);
    return node;
  }

  private void note(EngineEvent event) {
    reported.add(event);
  }

  /// What all nodes reported of this kind.
  <E extends EngineEvent> List<E> reported(Class<E> kind) {
    return reported.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public void close() {
    while (!endings.isEmpty()) {
      endings.pop().run();
    }
  }
}
