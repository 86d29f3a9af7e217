package dev.handoff.testing.simulation;

import dev.handoff.TaskId;
import dev.handoff.TaskState.Processing;
import dev.handoff.store.QueueStore;
import dev.handoff.testing.simulation.ModelBudgets.BudgetAccess;
import dev.handoff.testing.simulation.TaskIndex.QueueEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// The lines of a [ModelTaskStore].
final class ModelQueue implements QueueStore {
  private final BudgetAccess access;

  ModelQueue(BudgetAccess access) {
    this.access = access;
  }

  @Override
  public LineSnapshot line(String type, List<String> gates) {
    return access.read(
        read -> new LineSnapshot(waiting(read, type, gates), running(read, type, gates)));
  }

  private static List<TaskId> waiting(ModelWrite read, String type, List<String> gates) {
    TaskIndex index = read.tables().index();
    return index.queues(type).stream()
        .filter(queue -> queue.gates().equals(gates))
        .sorted(Comparator.comparing(ModelQueueKey::priority).reversed())
        .flatMap(queue -> index.ready(queue).stream())
        .map(QueueEntry::task)
        .limit(LONGEST_LINE)
        .toList();
  }

  private static List<Instant> running(ModelWrite read, String type, List<String> gates) {
    return read.tables().rows().values().stream()
        .filter(row -> row.given().type().equals(type))
        .filter(row -> row.given().submission().gates().equals(gates))
        .filter(row -> row.task().state() instanceof Processing)
        .map(ModelQueue::since)
        .limit(MOST_RUNNING)
        .toList();
  }

  private static Instant since(ModelRow row) {
    Instant startedAt = row.task().timeline().startedAt();
    return row.task().activity().attempt() == 1 && startedAt != null
        ? startedAt
        : row.task().timeline().updatedAt();
  }

  @Override
  public List<Duration> durations(String type) {
    return access.read(read -> List.copyOf(read.tables().durations(type)));
  }

  @Override
  public void keepDurations(String type, List<Duration> durations) {
    if (durations.isEmpty() || durations.size() > MOST_DURATIONS) {
      throw new IllegalArgumentException("1 to " + MOST_DURATIONS + " durations are kept");
    }
    var ignored =
        access.write(write -> {
          write.tables().keepDurations(type, List.copyOf(durations));
          return true;
        });
  }
}
