package dev.handoff.spring;

import dev.handoff.EngineEvent;
import dev.handoff.EngineListener;
import dev.handoff.engine.EngineLog;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/// The log and every [EngineListener] bean. The beans may need the engine, so they are asked for
/// after all beans are made. What happened before is told to them with the first event after that,
/// which is the engine's own start at the latest. Safe for use by many threads.
final class EngineListeners implements SmartInitializingSingleton {
  /// How many events of a start are kept at most.
  private static final int EARLY = 1_000;

  private final EngineListener log = new EngineLog();
  private final ObjectProvider<EngineListener> beans;
  private final Queue<EngineEvent> early = new ConcurrentLinkedQueue<>();
  private volatile @Nullable EngineListener all;

  EngineListeners(ObjectProvider<EngineListener> beans) {
    this.beans = beans;
  }

  void on(EngineEvent event) {
    log.on(event);
    EngineListener listener = all;
    if (listener != null) {
      for (EngineEvent each = early.poll(); each != null; each = early.poll()) {
        listener.on(each);
      }
      listener.on(event);
    } else if (early.size() < EARLY) {
      early.add(event);
    }
  }

  @Override
  public void afterSingletonsInstantiated() {
    all = beans.orderedStream().reduce(EngineListener::and).orElse(ignored -> {});
  }
}
