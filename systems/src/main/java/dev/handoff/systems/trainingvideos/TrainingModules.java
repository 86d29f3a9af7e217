package dev.handoff.systems.trainingvideos;

import dev.handoff.Handoff;
import dev.handoff.spring.web.Caller;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.trainingvideos.TrainingModule.Status;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The modules of trainers: made from uploads, processed, processed again, deleted. Safe for use by
/// many threads.
public record TrainingModules(
    Handoff handoff,
    ModuleTasks tasks,
    ModuleTable modules,
    ModuleFiles files,
    ModuleStandings standings,
    SystemsDatabase db,
    TrainingLimits limits) {
  public static final String NO_VIDEO = "Video not found";
  static final String BUSY = "Module is already being processed";
  static final String IDLE = "Module is not being processed";
  static final String CANCELLED = "Processing was cancelled.";

  /// Refuses a trainer who has as many modules as anybody may have.
  public void requireRoom(Caller caller) {
    if (modules.count(caller.owner()) >= limits.modulesPerOwner()) {
      throw RefusedException.of(
          409, "You have as many modules as you can have. Please delete one first.");
    }
  }

  /// Makes a module of a received video and hands its processing off, in one transaction where this
  /// node does such work.
  public void begin(Upload upload, Caller caller) {
    TrainingModule module =
        TrainingModule.uploaded(upload, caller.owner(), handoff.clock().instant());
    boolean begun = false;
    try {
      db.doInTransaction(() -> {
        modules.add(module);
        tasks.submitHere(module, caller);
      });
      begun = true;
    } finally {
      if (!begun) {
        files.delete(upload.id());
      }
    }
    tasks.submitElsewhere(module, caller);
  }

  /// Stops the processing of the caller's video. A module that was made before is ready with its
  /// former steps; any other has failed, and keeps its video.
  ///
  /// @throws RefusedException when there is none, or when it is not being processed
  public void cancel(String id, Caller caller) throws IOException {
    TrainingModule module = find(id, caller).orElseThrow(TrainingRefusals::noModule);
    if (standings.of(module).status() != Status.PROCESSING) {
      throw RefusedException.of(409, IDLE);
    }
    standings
        .task(module)
        .ifPresent(task -> {
          var _ = handoff.cancel(task.id(), CANCELLED);
        });
    if (modules.fail(tasks.round(module), CANCELLED)) {
      files.tidy(id);
    }
  }

  /// Processes the caller's video anew. Steps that it has stay until there are others.
  ///
  /// @throws RefusedException when there is none, or when it is being processed
  public void reprocess(String id, Caller caller) {
    TrainingModule module = find(id, caller).orElseThrow(TrainingRefusals::noModule);
    if (standings.of(module).status() == Status.PROCESSING) {
      throw RefusedException.of(409, BUSY);
    }
    if (!files.hasVideo(id)) {
      throw RefusedException.of(404, NO_VIDEO);
    }
    TrainingModule again =
        db.inTransaction(() -> {
          if (!modules.restart(module, handoff.clock().instant())) {
            throw RefusedException.of(409, BUSY);
          }
          TrainingModule restarted = modules.find(id).orElseThrow();
          tasks.submitHere(restarted, caller);
          return restarted;
        });
    tasks.submitElsewhere(again, caller);
  }

  public Optional<TrainingModule> find(String id, Caller caller) {
    return modules.find(id, caller.owner());
  }

  public List<TrainingModule> list(Caller caller) {
    return modules.list(caller.owner(), limits.modulesPerOwner());
  }

  /// Deletes the caller's module: its row, its work, its files.
  ///
  /// @return whether there was one
  public boolean delete(String id, Caller caller) {
    Optional<TrainingModule> module = find(id, caller);
    if (module.isEmpty() || !modules.delete(id, caller.owner())) {
      return false;
    }
    // An attempt that runs finds the row gone, and deletes what it wrote after this.
    standings
        .task(module.get())
        .ifPresent(task -> {
          var _ = handoff.cancel(task.id(), "The module was deleted.");
        });
    files.delete(id);
    return true;
  }

  /// Ends the processing of modules that nothing happens to any more.
  void failStale() {
    for (TrainingModule module : modules.unchangedSince(handoff.clock().instant())) {
      standings
          .failure(module)
          .ifPresent(error -> {
            standings
                .task(module)
                .ifPresent(task -> {
                  var _ = handoff.cancel(task.id(), error);
                });
            var _ = modules.fail(tasks.round(module), error);
            tasks.log().stale(module.id());
          });
    }
  }
}
