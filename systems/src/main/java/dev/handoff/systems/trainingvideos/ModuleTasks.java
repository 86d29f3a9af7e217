package dev.handoff.systems.trainingvideos;

import dev.handoff.Handoff;
import dev.handoff.HandoffException;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.web.Caller;
import dev.handoff.systems.kit.TaskLink;

/// Hands the processing of modules off to the engine. Safe for use by many threads.
record ModuleTasks(
    Handoff handoff,
    TaskType<VideoRequest, VideoResult> type,
    ModuleTable modules,
    HandoffProperties server,
    TrainingLog log) {
  /// Submits where this node does such work, in the caller's transaction.
  void submitHere(TrainingModule module, Caller caller) {
    if (server.role().runsTasks()) {
      submit(module, caller);
    }
  }

  /// Submits where this node does not. The engine does the work on the submitting thread where no
  /// worker is, which it cannot while the transaction holds the database, and which the person does
  /// not wait for.
  void submitElsewhere(TrainingModule module, Caller caller) {
    if (!server.role().runsTasks()) {
      Thread.ofVirtual()
          .name("training " + module.id())
          .start(() -> {
            try {
              submit(module, caller);
            } catch (HandoffException notTaken) {
              log.notSubmitted(module.id(), notTaken);
              var _ =
                  modules.fail(
                      round(module), "The processing could not be started. Please try again.");
            }
          });
    }
  }

  ModuleTable.ModuleRound round(TrainingModule module) {
    return new ModuleTable.ModuleRound(
        module.id(), module.course().round(), handoff.clock().instant());
  }

  private void submit(TrainingModule module, Caller caller) {
    int round = module.course().round();
    VideoRequest request =
        new VideoRequest(
            module.id(),
            TrainingModule.addressOfVideo(module.id()),
            round,
            handoff.clock().instant());
    TaskId task =
        handoff.submit(
            type, request, TaskLink.by(caller).about(TrainingEnds.subject(module.id(), round)));
    modules.keepTask(module.id(), round, task.toString());
  }
}
