package dev.handoff.jdbc.row;

import dev.handoff.store.StoreListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listeners of a store's commits. Safe for use by many threads.
public final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<StoreListener> all = new CopyOnWriteArrayList<>();
  private final GateLines lines = new GateLines();

  public void add(StoreListener listener) {
    all.add(listener);
  }

  /// Returns the lines of gated tasks, which hear of each commit first.
  public GateLines lines() {
    return lines;
  }

  /// Tells what one commit changed: each write's events in order, then at most once that tasks are
  /// due, and that ends are pending.
  public void tell(List<Announcements> committed) {
    committed.forEach(this::tellEvents);
    tellWhatFollows(committed);
  }

  /// Tells the events of one write.
  public void tellEvents(Announcements committed) {
    committed.tellGates(lines);
    all.forEach(listener -> safely(listener, committed::tellEvents));
  }

  /// Tells at most once that tasks are due, and that ends are pending.
  public void tellWhatFollows(List<Announcements> committed) {
    if (committed.stream().anyMatch(Announcements::hasWork)) {
      each(StoreListener::onTasksDue);
    }
    if (committed.stream().anyMatch(Announcements::hasEnds)) {
      each(StoreListener::onEndsPending);
    }
  }

  /// Tells that tasks are due, or may start, because of another node.
  public void tellTasksDueElsewhere() {
    lines.hinted();
    each(StoreListener::onTasksDue);
  }

  /// Tells that gates of this node were changed, so that tasks may start.
  public void tellGatesChanged() {
    lines.changed();
    each(StoreListener::onTasksDue);
  }

  /// Tells that anything may have changed.
  public void tellHintsLost() {
    lines.hinted();
    each(StoreListener::onHintsLost);
  }

  public void each(Consumer<StoreListener> call) {
    all.forEach(listener -> safely(listener, call));
  }

  // The write is durable whatever a listener does, even an Error; the writer's thread has to
  // survive, and its callers to be answered.
  private static void safely(StoreListener listener, Consumer<StoreListener> call) {
    try {
      call.accept(listener);
    } catch (RuntimeException | Error e) {
      LOG.error("listener={} failed and missed a commit", listener.getClass().getName(), e);
    }
  }
}
