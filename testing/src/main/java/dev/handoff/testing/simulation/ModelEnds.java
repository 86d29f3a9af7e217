package dev.handoff.testing.simulation;

import dev.handoff.Task;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskId;
import dev.handoff.testing.simulation.TaskIndex.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/// Cancels tasks that are too late; announces and deletes tasks that ended.
final class ModelEnds {
  /// How long a task is kept whose end could not be announced.
  private static final Duration ANNOUNCE_TIMEOUT = Duration.ofDays(1);

  private ModelEnds() {}

  /// The ends that are to be announced after this task, by their ids.
  static List<Task> toAnnounce(ModelTables tables, Optional<TaskId> after) {
    NavigableSet<TaskId> all = tables.index().unannounced();
    NavigableSet<TaskId> some = after.map(id -> all.tailSet(id, false)).orElse(all);
    return some.stream().map(id -> tables.known(id).task()).toList();
  }

  /// Remembers that this end was announced, unless the task was retried meanwhile.
  static void announced(ModelTables tables, Task told) {
    tables
        .row(told.id())
        .filter(ModelRow::awaitsNotice)
        .filter(row -> row.task().activity().lastEvent() == told.activity().lastEvent())
        .ifPresent(row -> tables.put(row.announced()));
  }

  /// Cancels what was not started in time.
  static int cancelLate(ModelWrite write, int atMost) {
    List<ModelRow> late = new ArrayList<>();
    for (Moment each : write.tables().index().limited()) {
      if (each.at().isAfter(write.now()) || late.size() == atMost) {
        break;
      }
      late.add(write.tables().known(each.task()));
    }
    late.forEach(row -> {
      var ignored = write.append(row, List.of(TaskCancelled.tooLate()));
    });
    return late.size();
  }

  /// Deletes what expired and ended so long ago.
  static int purge(ModelWrite write, int atMost, Duration sinceTheEnd) {
    Instant unannounced = write.now().minus(ANNOUNCE_TIMEOUT);
    Instant endedUntil = write.now().minus(sinceTheEnd);
    List<ModelRow> expired = new ArrayList<>();
    for (Moment each : write.tables().index().expiring()) {
      if (each.at().isAfter(write.now()) || expired.size() == atMost) {
        break;
      }
      ModelRow row = write.tables().known(each.task());
      if (!row.endedAfter(endedUntil) && (!row.awaitsNotice() || !each.at().isAfter(unannounced))) {
        expired.add(row);
      }
    }
    expired.forEach(write.tables()::delete);
    return expired.size();
  }
}
