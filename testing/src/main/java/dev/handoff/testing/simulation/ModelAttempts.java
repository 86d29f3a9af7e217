package dev.handoff.testing.simulation;

import dev.handoff.Effect;
import dev.handoff.Lease;
import dev.handoff.Payload;
import dev.handoff.Settlement;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskEvent.TaskRetried;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Processing;
import dev.handoff.UncachedResult;
import dev.handoff.store.EffectFailedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Writes of attempts: reports, steps and ends.
final class ModelAttempts {
  private ModelAttempts() {}

  /// Effects in the order in which they are made: settlements first, by account.
  record Effects(List<Settlement> settlements, List<ModelEffect> others, boolean any) {
    /// @throws IllegalArgumentException when one is of an unknown kind
    static Effects of(List<Effect> effects) {
      List<Settlement> settlements = new ArrayList<>();
      List<ModelEffect> others = new ArrayList<>();
      for (Effect effect : effects) {
        switch (effect) {
          case Settlement settlement -> settlements.add(settlement);
          case ModelEffect other -> others.add(other);
          case UncachedResult ignored -> {}
          default ->
              throw new IllegalArgumentException(
                  "this store takes effects of type ModelEffect, was "
                      + effect.getClass().getName());
        }
      }
      settlements.sort(Comparator.comparing(Settlement::account));
      return new Effects(settlements, others, !effects.isEmpty());
    }
  }

  static boolean append(ModelWrite write, Lease lease, List<TaskEvent> events, Effects effects) {
    Optional<ModelRow> held = held(write, lease);
    if (held.isEmpty()) {
      return false;
    }
    for (Settlement settlement : effects.settlements()) {
      write.tables().accounts().settle(lease.task(), settlement, write.now());
    }
    effects.others().forEach(effect -> apply(effect, write.tables().notes()));
    ModelRow row = effects.any() ? held.get().withoutCacheKey() : held.get();
    var ignored = write.append(row, events);
    return true;
  }

  // Throwable: it is users' code.
  private static void apply(ModelEffect effect, ModelNotes notes) {
    try {
      effect.apply(notes);
    } catch (Throwable thrown) {
      throw new EffectFailedException(thrown);
    }
  }

  /// The task, while this lease holds.
  static Optional<ModelRow> held(ModelWrite write, Lease lease) {
    return write
        .tables()
        .row(lease.task())
        .filter(row ->
            row.task().state() instanceof Processing(Lease given, var ignored)
                && given.equals(lease));
  }

  static boolean saveStep(ModelWrite write, Lease lease, String name, Payload value) {
    if (held(write, lease).isEmpty()) {
      return false;
    }
    if (write.tables().step(lease.task(), name).isEmpty()) {
      write.tables().saveStep(lease.task(), name, value);
    }
    return true;
  }

  static boolean cancel(ModelWrite write, TaskId task, String reason) {
    Optional<ModelRow> open = write.tables().row(task).filter(ModelRow::isOpen);
    open.ifPresent(row -> {
      var ignored = write.append(row, List.of(new TaskCancelled(reason)));
    });
    return open.isPresent();
  }

  static boolean retry(ModelWrite write, TaskId task) {
    Optional<ModelRow> failed =
        write
            .tables()
            .row(task)
            .filter(
                row -> row.hasFailed() && row.isVisible(write.now()) && !isJoinable(write, row));
    failed.ifPresent(row -> {
      var ignored = write.append(row, List.of(new TaskRetried(write.now())));
    });
    return failed.isPresent();
  }

  private static boolean isJoinable(ModelWrite write, ModelRow row) {
    String joinKey = row.given().equality().joinKey();
    return joinKey != null && !write.tables().index().joinable(joinKey).isEmpty();
  }
}
