package dev.handoff.systems.trainingvideos.web;

import dev.handoff.systems.kit.Percentiles;
import dev.handoff.systems.trainingvideos.MaterialViews;
import dev.handoff.systems.trainingvideos.MaterialViews.Material;
import dev.handoff.systems.trainingvideos.MaterialViews.Stats;
import dev.handoff.systems.trainingvideos.MaterialViews.StepView;
import dev.handoff.systems.trainingvideos.ModuleShares.OpenedShare;
import dev.handoff.systems.trainingvideos.ModuleStandings.ModuleProgress;
import dev.handoff.systems.trainingvideos.Step;
import dev.handoff.systems.trainingvideos.TrainingModule;
import dev.handoff.systems.trainingvideos.TrainingModule.Thumbnail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The JSON of the training videos' calls. None of it says where anything lies on the server.
final class ModuleViews {
  private ModuleViews() {}

  record UploadedModule(
      boolean success, String moduleId, String videoUrl, String status, String message) {
    static UploadedModule of(String id) {
      return new UploadedModule(
          true,
          id,
          TrainingModule.addressOfVideo(id),
          "processing",
          "Upload complete! AI processing has started in the background.");
    }
  }

  record StatusView(
      String status,
      int progress,
      String message,
      List<StepView> steps,
      @Nullable String error,
      String title,
      String description,
      Number totalDuration,
      boolean generated_by_ai) {
    static StatusView of(TrainingModule module, ModuleProgress standing, List<Step> steps) {
      return new StatusView(
          standing.status().word(),
          standing.progress(),
          standing.message(),
          views(steps),
          standing.error(),
          module.about().title(),
          module.about().description(),
          MaterialViews.seconds(module.seconds()),
          module.about().byAi());
    }
  }

  static List<StepView> views(List<Step> steps) {
    return steps.stream().map(StepView::of).toList();
  }

  record ThumbnailView(Number time, String url) {
    static ThumbnailView of(String id, Thumbnail thumbnail) {
      return new ThumbnailView(
          MaterialViews.seconds(thumbnail.second()),
          "/api/modules/" + id + "/thumbnails/" + thumbnail.number());
    }
  }

  record ListedModule(
      String id,
      String filename,
      String title,
      String description,
      String createdAt,
      String status,
      int progress,
      String message,
      @Nullable String error,
      Number totalDuration,
      String videoUrl,
      String owner_id,
      boolean generated_by_ai,
      @Nullable String thumbnail) {
    static ListedModule of(TrainingModule module, ModuleProgress standing) {
      return new ListedModule(
          module.id(),
          module.filename(),
          module.about().title(),
          module.about().description(),
          module.times().createdAt().toString(),
          standing.status().word(),
          standing.progress(),
          standing.message(),
          standing.error(),
          MaterialViews.seconds(module.seconds()),
          TrainingModule.addressOfVideo(module.id()),
          module.owner(),
          module.about().byAi(),
          module.thumbnails().stream()
              .findFirst()
              .map(first -> ThumbnailView.of(module.id(), first).url())
              .orElse(null));
    }
  }

  record ModuleList(boolean success, List<ListedModule> modules) {}

  record ModuleView(
      String id,
      String filename,
      String title,
      String description,
      String createdAt,
      String status,
      int progress,
      String message,
      @Nullable String error,
      List<StepView> steps,
      Number totalDuration,
      String videoUrl,
      String owner_id,
      boolean generated_by_ai,
      List<ThumbnailView> thumbnails,
      @Nullable String taskId,
      boolean hasVideo,
      boolean hasCaptions,
      @Nullable String aiFailure) {
    static ModuleView of(
        TrainingModule module, ModuleProgress standing, List<Step> steps, Playback playback) {
      return new ModuleView(
          module.id(),
          module.filename(),
          module.about().title(),
          module.about().description(),
          module.times().createdAt().toString(),
          standing.status().word(),
          standing.progress(),
          standing.message(),
          standing.error(),
          views(steps),
          MaterialViews.seconds(module.seconds()),
          TrainingModule.addressOfVideo(module.id()),
          module.owner(),
          module.about().byAi(),
          module.thumbnails().stream().map(one -> ThumbnailView.of(module.id(), one)).toList(),
          module.course().task(),
          playback.video(),
          playback.captions(),
          module.about().aiFailure());
    }
  }

  /// What there is of a module to play.
  record Playback(boolean video, boolean captions) {}

  record Changed(boolean success, String id) {}

  record Deleted(boolean success, String id, String message) {
    static Deleted of(String id) {
      return new Deleted(true, id, "Module deleted successfully");
    }
  }

  record Reprocessing(boolean success, String moduleId, String status) {
    static Reprocessing of(String id) {
      return new Reprocessing(true, id, "processing");
    }
  }

  record StepList(boolean success, String moduleId, List<StepView> steps, Metadata metadata) {
    static StepList of(String id, List<Step> steps, Optional<Material> material) {
      return new StepList(
          true,
          id,
          views(steps),
          new Metadata(
              steps.size(),
              material.isPresent() && !material.get().enhancedSteps().isEmpty(),
              material.isPresent() && !material.get().structuredSteps().isEmpty(),
              material.map(Material::stats).orElse(Stats.NONE)));
    }
  }

  record Metadata(
      int totalSteps, boolean hasEnhancedSteps, boolean hasStructuredSteps, Stats stats) {}

  record StepsChanged(boolean success, String moduleId, int stepsCount, String action) {}

  record Rewritten(String text) {}

  record Answered(boolean success, String response) {}

  record Shared(boolean success, SharedModule module) {
    // The module's id stays out: it would go on opening the module after this link has ended.
    static Shared of(
        OpenedShare share, String link, List<Step> steps, Optional<Material> material) {
      TrainingModule module = share.module();
      return new Shared(
          true,
          new SharedModule(
              link,
              module.about().title(),
              link + ".mp4",
              module.times().createdAt().toString(),
              views(steps),
              material.map(Material::stats).orElse(Stats.NONE),
              share.transcript() ? material.map(Material::transcript).orElse("") : ""));
    }
  }

  record SharedModule(
      String id,
      String title,
      String filename,
      String createdAt,
      List<StepView> steps,
      Stats stats,
      String transcript) {}

  record Health(String status, String timestamp, String environment, double uptime) {}

  record StageTime(int count, long p50_ms, long p95_ms) {
    static StageTime of(List<Long> times) {
      Percentiles percentiles = Percentiles.of(times);
      return new StageTime(times.size(), percentiles.p50Ms(), percentiles.p95Ms());
    }
  }

  record Analytics(boolean success, Map<String, StageTime> stages) {
    static Analytics of(Map<String, List<Long>> times) {
      Map<String, StageTime> stages = new LinkedHashMap<>();
      times.forEach((stage, each) -> stages.put(stage, StageTime.of(each)));
      return new Analytics(true, stages);
    }
  }

  record FeedbackTaken(boolean success, String id) {}

  record FeedbackStats(boolean success, int total, Map<String, Integer> actions) {}

  /// What the pages need to know beforehand.
  ///
  /// @param media_complete whether videos can be looked into on this server
  record Config(
      long poll_every_ms,
      long slow_after_ms,
      long poll_for_ms,
      long upload_max_bytes,
      String ai_provider,
      boolean media_complete) {}
}
