package dev.handoff.testing.engine;

import dev.handoff.store.TaskStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A real store, some of whose calls fail before they reach it. Safe for use by many threads.
public final class FailingStore {
  private final TaskStore store;
  private final Map<String, Function<List<Object>, Optional<Throwable>>> faults =
      new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

  public FailingStore(TaskStore store) {
    this.store = store;
  }

  /// Makes calls of this method throw what the fault returns for their arguments.
  public void on(String method, Function<List<Object>, Optional<Throwable>> fault) {
    faults.put(method, fault);
  }

  /// Makes the next `times` calls of this method throw this.
  public void next(String method, int times, Throwable thrown) {
    AtomicInteger left = new AtomicInteger(times);
    on(method, ignored -> left.getAndDecrement() > 0 ? Optional.of(thrown) : Optional.empty());
  }

  /// Lets calls of this method succeed again.
  public void heal(String method) {
    faults.remove(method);
  }

  /// Returns how often the method was called.
  public int calls(String method) {
    AtomicInteger count = calls.get(method);
    return count == null ? 0 : count.get();
  }

  /// Returns the store for an engine.
  public TaskStore store() {
    return (TaskStore)
        Proxy.newProxyInstance(
            TaskStore.class.getClassLoader(),
            new Class<?>[] {TaskStore.class},
            (ignored, method, arguments) -> {
              calls
                  .computeIfAbsent(method.getName(), unusedName -> new AtomicInteger())
                  .incrementAndGet();
              Function<List<Object>, Optional<Throwable>> fault = faults.get(method.getName());
              if (fault != null) {
                Optional<Throwable> thrown = fault.apply(List.of(arguments));
                if (thrown.isPresent()) {
                  throw thrown.get();
                }
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }
}
