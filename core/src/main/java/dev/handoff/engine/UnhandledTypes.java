package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Task;
import dev.handoff.TaskState.Queued;
import dev.handoff.store.TypeCoverage;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The types that no live node runs, as the store knows them. Safe for use by many threads.
final class UnhandledTypes {
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final EngineParts parts;
  private final HandledTypes types;
  private volatile @Nullable FoundTypes last;
  private Set<String> reportable = Set.of();

  /// What was found, at which nano time.
  private record FoundTypes(TypeCoverage found, long at) {}

  UnhandledTypes(EngineParts parts, HandledTypes types) {
    this.parts = parts;
    this.types = types;
  }

  /// Returns whether the task is due and its type has no worker, as of two seconds ago at most;
  /// false while the store cannot say.
  boolean holdUp(Task task) {
    if (!(task.state() instanceof Queued queued)
        || queued.dueAt().isAfter(parts.store().clock().instant())) {
      return false;
    }
    try {
      FoundTypes known = last;
      boolean isFresh =
          known != null && parts.scheduler().nanoTime() - known.at() < FRESH.toNanos();
      TypeCoverage found = known != null && isFresh ? known.found() : look();
      return found.lacks(task.type()) && !runsHere(task.type());
    } catch (StoreUnavailableException away) {
      return false;
    }
  }

  /// Reports the types of waiting tasks that were found now and by the call before: a node that is
  /// restarted is missed by none. One thread at a time.
  void report() {
    Set<String> found =
        look().unhandled().stream().filter(type -> !runsHere(type)).collect(Collectors.toSet());
    for (String type : found) {
      if (reportable.contains(type)) {
        parts.listener().on(new EngineEvent.TypeUnhandled(type));
      }
    }
    reportable = found;
  }

  private TypeCoverage look() {
    TypeCoverage found = parts.store().typeCoverage();
    last = new FoundTypes(found, parts.scheduler().nanoTime());
    return found;
  }

  // Where there is no worker at all.
  private boolean runsHere(String type) {
    return types.runsInCaller(type) && !parts.store().hasWorkers();
  }
}
