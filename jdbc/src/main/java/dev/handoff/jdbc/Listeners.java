package dev.handoff.jdbc;

import dev.handoff.store.StoreListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Those who want to know what was committed. Safe for use by many threads.
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<StoreListener> all = new CopyOnWriteArrayList<>();

  void add(StoreListener listener) {
    all.add(listener);
  }

  /// Tells everything that one commit brought: each write's events in the order of the writes, then
  /// once that there is work, and once that there are ends to announce.
  void tell(List<Announcements> committed) {
    committed.forEach(this::tellEvents);
    tellWhatFollows(committed);
  }

  /// Tells the events of a write alone.
  void tellEvents(Announcements committed) {
    all.forEach(listener -> safely(listener, committed::tellEvents));
  }

  /// Tells once that there is work, and once that there are ends to announce.
  void tellWhatFollows(List<Announcements> committed) {
    if (committed.stream().anyMatch(Announcements::hasWork)) {
      each(StoreListener::onTasksDue);
    }
    if (committed.stream().anyMatch(Announcements::hasEnds)) {
      each(StoreListener::onEndsPending);
    }
  }

  /// Tells all the same.
  void each(Consumer<StoreListener> call) {
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
