package dev.handoff.systems.trainingvideos;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.Handler;
import dev.handoff.Outcome;
import dev.handoff.TaskContext;
import dev.handoff.TimeSource;
import dev.handoff.systems.trainingvideos.TrainingConfiguration.Author;
import dev.handoff.systems.trainingvideos.VideoStudy.UnreadableVideoException;
import dev.handoff.systems.trainingvideos.media.NoFilmException;
import java.io.IOException;
import java.util.Optional;

/// Makes a training module of a video. What the AI does not answer is tried again while attempts
/// remain; the last one makes a basic module without it.
record VideoHandler(
    ModuleTable modules,
    ModuleFiles files,
    VideoStudy study,
    Author author,
    TrainingTasks tasks,
    VideoTreatment treatment,
    TrainingLimits limits,
    StageTimes times,
    TimeSource clock,
    TrainingLog log)
    implements Handler<VideoRequest, VideoResult> {
  static final String UNREADABLE =
      "The video could not be read. The file may be damaged or incomplete.";
  static final String NO_FILM =
      "The file has no picture, only sound. Please upload a video with a picture.";
  static final String STORAGE = "The server could not read or write the video's files.";

  @Override
  public Outcome<VideoResult> handle(VideoRequest request, TaskContext context) throws Exception {
    Optional<TrainingModule> module =
        modules
            .find(request.moduleId())
            .filter(found -> found.course().round() == request.round())
            .filter(found -> found.course().status() == TrainingModule.Status.PROCESSING);
    if (module.isEmpty()) {
      return Outcome.cancel("The training module is no longer there, or no longer being made.");
    }
    String id = request.moduleId();
    log.processingStarted(id, context.attempt());
    try {
      return new VideoProcessing(this, module.get(), request, context).process();
    } catch (NoFilmException onlySound) {
      deleteUnlessMade(module.get());
      throw AttemptException.of(FailureKind.INVALID_REQUEST, NO_FILM).causedBy(onlySound);
    } catch (UnreadableVideoException unreadable) {
      if (isLast(context)) {
        // Nobody can make anything of it.
        deleteUnlessMade(module.get());
      }
      throw AttemptException.of(FailureKind.ERROR, UNREADABLE).causedBy(unreadable);
    } catch (IOException storage) {
      throw AttemptException.of(FailureKind.ERROR, STORAGE).causedBy(storage);
    } finally {
      deleteWhatIsLeft(id);
    }
  }

  /// Deletes the files of a video of which nothing can be made, unless something was made before.
  void deleteUnlessMade(TrainingModule module) {
    if (!module.course().made()) {
      files.delete(module.id());
    }
  }

  private boolean isLast(TaskContext context) {
    return context.attempt() >= tasks.attempts();
  }

  // Whoever deleted the module could not delete what was written after that.
  private void deleteWhatIsLeft(String id) {
    boolean interrupted = Thread.interrupted();
    try {
      if (modules.find(id).isEmpty()) {
        files.delete(id);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
