package dev.handoff.systems.trainingvideos;

import dev.handoff.Handoff;
import dev.handoff.Task;
import dev.handoff.TaskState;
import dev.handoff.systems.kit.TaskLink;
import dev.handoff.systems.trainingvideos.TrainingModule.Status;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells how a module stands: by its row once it ended, by its task before. Safe for use by many
/// threads.
public record ModuleStandings(Handoff handoff, TaskLink link, TrainingTasks settings) {
  static final String STALE =
      "Stale processing: nothing has happened for too long. Please try again.";
  static final String FAILED = "Processing failed";

  /// How a module stands, in the words of its status.
  public record ModuleProgress(
      Status status, int progress, String message, @Nullable String error) {}

  public ModuleProgress of(TrainingModule module) {
    int progress = module.course().progress();
    return switch (module.course().status()) {
      case READY -> ready(module, module.course().error());
      case FAILED -> new ModuleProgress(Status.FAILED, progress, FAILED, module.course().error());
      case PROCESSING ->
          failure(module)
              .map(error ->
                  module.course().made()
                      ? ready(module, error)
                      : new ModuleProgress(Status.FAILED, progress, FAILED, error))
              .orElseGet(() ->
                  new ModuleProgress(
                      Status.PROCESSING, progress, Milestone.at(progress).words(), null));
    };
  }

  private static ModuleProgress ready(TrainingModule module, @Nullable String error) {
    return new ModuleProgress(
        Status.READY,
        Milestone.READY.percent(),
        module.about().byAi() ? Milestone.READY.words() : Milestone.BASIC,
        error);
  }

  /// Why a module that is said to be processed is not, where that is so.
  Optional<String> failure(TrainingModule module) {
    Optional<Task> task = task(module);
    if (task.isPresent() && task.get().isTerminal()) {
      return failure(task.get().state());
    }
    Instant changed =
        task.map(found -> found.timeline().updatedAt())
            .filter(updated -> updated.isAfter(module.times().updatedAt()))
            .orElse(module.times().updatedAt());
    return changed.plus(settings.staleAfter()).isBefore(handoff.clock().instant())
        ? Optional.of(STALE)
        : Optional.empty();
  }

  Optional<Task> task(TrainingModule module) {
    return link.find(module.course().task());
  }

  /// Why a task that ended so did not make its module ready.
  static Optional<String> failure(TaskState ended) {
    return switch (ended) {
      case TaskState.Failed(var failure, var _) -> Optional.of(failure.message());
      case TaskState.Cancelled(var reason, var _, var _) -> Optional.of(reason);
      // Then the row says it, or did a moment ago.
      case TaskState.Completed _ -> Optional.empty();
      case TaskState.Queued _, TaskState.Processing _ -> Optional.empty();
    };
  }
}
