package dev.handoff.testing.simulation;

import dev.handoff.StoreUnavailableException;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.store.Announced;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Announces ends for one store. Listeners run outside of the database's lock, because they may
/// call the store.
record ModelAnnouncer(ModelTaskStore store, ModelDatabase database) {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  Announced announce(Optional<TaskId> after, int atMost, Predicate<Task> announce) {
    List<Task> ended =
        database.alone(tables -> locks().take(store, ModelEnds.toAnnounce(tables, after), atMost));
    try {
      List<Task> told = ended.stream().filter(announce).toList();
      remember(told);
      return new Announced(
          told.size(),
          ended.size() < atMost ? Optional.empty() : Optional.of(ended.getLast().id()));
    } finally {
      var ignored =
          database.alone(unusedTables -> {
            locks().release(store, ended);
            return true;
          });
    }
  }

  private void remember(List<Task> told) {
    var ignored =
        store.write(write -> {
          if (!told.stream().allMatch(task -> locks().has(store, task))) {
            throw new StoreUnavailableException("the data was replaced meanwhile", RETRY_AFTER);
          }
          told.forEach(task -> ModelEnds.announced(write.tables(), task));
          return true;
        });
  }

  private AnnouncementLocks locks() {
    return database.announcing();
  }
}
