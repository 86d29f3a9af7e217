package dev.handoff.spring;

import dev.handoff.EngineEvent;
import dev.handoff.EngineListener;
import dev.handoff.engine.EngineLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/// The log and every [EngineListener] bean. The beans may need the engine, so they are asked for
/// after all beans are made, and told then what happened before. Safe for use by many threads.
final class EngineListeners implements SmartInitializingSingleton {
  /// How many events of a start are kept at most.
  private static final int EARLY = 1_000;

  private final EngineListener log = new EngineLog();
  private final ObjectProvider<EngineListener> beans;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<EngineEvent> early = new ArrayList<>();
  private volatile @Nullable EngineListener made;

  EngineListeners(ObjectProvider<EngineListener> beans) {
    this.beans = beans;
  }

  void on(EngineEvent event) {
    log.on(event);
    EngineListener listener = made;
    if (listener == null) {
      listener = keep(event);
    }
    if (listener != null) {
      listener.on(event);
    }
  }

  private @Nullable EngineListener keep(EngineEvent event) {
    lock.lock();
    try {
      if (made == null && early.size() < EARLY) {
        early.add(event);
      }
      return made;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void afterSingletonsInstantiated() {
    EngineListener listener =
        beans.orderedStream().reduce(EngineListener::and).orElse(ignored -> {});
    lock.lock();
    try {
      made = listener;
      early.forEach(listener::on);
      early.clear();
    } finally {
      lock.unlock();
    }
  }
}
