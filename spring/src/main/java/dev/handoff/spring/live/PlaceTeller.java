package dev.handoff.spring.live;

import dev.handoff.EventSubscriber;
import dev.handoff.Handoff;
import dev.handoff.LogPosition;
import dev.handoff.LoggedEvent;
import dev.handoff.Subscription;
import dev.handoff.Task;
import dev.handoff.spring.wire.PlaceView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Tells the readers of open tasks their places in line, at most once a second and only when they
/// changed. The places of a node come from one look at each line. Safe for use by many threads.
final class PlaceTeller {
  private final Handoff handoff;
  private final Set<PlaceWatch> watches = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean looking = new AtomicBoolean();

  PlaceTeller(Handoff handoff) {
    this.handoff = handoff;
  }

  /// Follows a task, and tells its place as well until its last event or the end of the
  /// subscription.
  ///
  /// @param tell called on a thread of its own, and not again before it returns; empty when a place
  ///   that was told is not known any more
  Subscription follow(
      Task task,
      LogPosition position,
      EventSubscriber subscriber,
      Consumer<Optional<PlaceView>> tell) {
    if (task.isTerminal()) {
      return handoff.follow(task.id(), position, subscriber);
    }
    PlaceWatch watch = new PlaceWatch(task, tell);
    Subscription events =
        handoff.follow(task.id(), position, new WatchedSubscriber(subscriber, watch));
    watches.add(watch);
    if (watch.isOver()) {
      watches.remove(watch);
    }
    return () -> {
      watch.end();
      watches.remove(watch);
      events.close();
    };
  }

  /// Looks at all places. Called about once a second; returns at once.
  void tick() {
    if (!watches.isEmpty() && looking.compareAndSet(false, true)) {
      // A look waits for the store.
      Thread.ofVirtual().name("handoff-places").start(this::look);
    }
  }

  private void look() {
    try {
      watches.forEach(watch -> watch.look(handoff));
    } finally {
      looking.set(false);
    }
  }

  private final class WatchedSubscriber implements EventSubscriber {
    private final EventSubscriber subscriber;
    private final PlaceWatch watch;

    WatchedSubscriber(EventSubscriber subscriber, PlaceWatch watch) {
      this.subscriber = subscriber;
      this.watch = watch;
    }

    @Override
    public void onEvents(List<LoggedEvent> events) throws Exception {
      watch.after(events);
      if (watch.isOver()) {
        watches.remove(watch);
      }
      subscriber.onEvents(events);
    }

    @Override
    public void onReset(long last) throws Exception {
      subscriber.onReset(last);
    }

    @Override
    public void onGone() throws Exception {
      watch.end();
      watches.remove(watch);
      subscriber.onGone();
    }
  }
}
