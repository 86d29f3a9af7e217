package dev.handoff.spring;

import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Sends a small query to the store, one at a time for all callers, so that each caller's wait is
/// bounded while the store does not answer. Safe for use by many threads.
final class StoreProbe {
  private final TaskStore store;
  private final AtomicReference<@Nullable CompletableFuture<Boolean>> asked =
      new AtomicReference<>();

  StoreProbe(TaskStore store) {
    this.store = store;
  }

  /// Returns whether there are workers; empty when the store does not answer within this time.
  Optional<Boolean> hasWorkers(Duration patience) {
    try {
      return Optional.of(ask().get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException noAnswer) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private CompletableFuture<Boolean> ask() {
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> others = asked.compareAndExchange(null, mine);
    if (others != null) {
      return others;
    }
    Thread.ofVirtual()
        .name("handoff-probe")
        .start(() -> {
          try {
            boolean answer = store.hasWorkers();
            asked.set(null);
            mine.complete(answer);
          } catch (Throwable e) {
            // The next caller asks again, whatever happened.
            asked.set(null);
            mine.completeExceptionally(e);
          }
        });
    return mine;
  }
}
