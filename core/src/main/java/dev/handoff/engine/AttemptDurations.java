package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.EngineEvent.AttemptEnded;
import dev.handoff.EngineListener;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.store.QueueStore;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How long the last completed attempts of each type took on this node. Safe for use by many
/// threads.
final class AttemptDurations implements EngineListener {
  private final TaskStore store;
  private final EngineListener next;
  private final Map<String, TypeDurations> types = new HashMap<>();

  private static final class TypeDurations {
    private final Deque<Duration> latest = new ArrayDeque<>();
    private boolean kept;
  }

  /// @param next told of each event afterwards
  AttemptDurations(TaskStore store, EngineListener next) {
    this.store = store;
    this.next = next;
  }

  @Override
  public void on(EngineEvent event) {
    note(event);
    next.on(event);
  }

  private synchronized void note(EngineEvent event) {
    if (event instanceof AttemptEnded ended
        && ended.stored()
        && ended.ending() instanceof TaskCompleted) {
      TypeDurations durations = types.computeIfAbsent(ended.type(), ignored -> new TypeDurations());
      if (durations.latest.size() == QueueStore.MOST_DURATIONS) {
        durations.latest.removeFirst();
      }
      durations.latest.addLast(ended.ran().isNegative() ? Duration.ZERO : ended.ran());
      durations.kept = false;
    }
  }

  synchronized List<Duration> of(String type) {
    TypeDurations durations = types.get(type);
    return durations == null ? List.of() : List.copyOf(durations.latest);
  }

  /// Gives the durations of types with enough of them to the store, so that every node knows them.
  /// Does nothing where no attempt has completed since.
  void keep() {
    for (String type : changed()) {
      store.queue().keepDurations(type, of(type));
    }
  }

  private synchronized List<String> changed() {
    List<String> changed = new ArrayList<>();
    types.forEach((type, durations) -> {
      if (!durations.kept && durations.latest.size() >= QueueLooks.FEWEST) {
        durations.kept = true;
        changed.add(type);
      }
    });
    return changed;
  }
}
