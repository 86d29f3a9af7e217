package dev.handoff.systems.trainingvideos;

import dev.handoff.HandledType;
import dev.handoff.TaskType;
import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.AiTranscriber;
import dev.handoff.ai.provider.OpenAiTranscriber;
import dev.handoff.spring.tables.Sweeper;
import dev.handoff.systems.kit.SystemDescription;
import dev.handoff.systems.trainingvideos.ModuleViews.Config;
import dev.handoff.systems.trainingvideos.media.FfmpegSettings;
import dev.handoff.systems.trainingvideos.media.VideoTools;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.unit.DataSize;

/// The parts of the training videos, put together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  TrainingTasks.class,
  VideoTreatment.class,
  TrainingLimits.class,
  TrainingPage.class,
  SpeechProperties.class,
  FfmpegSettings.class
})
@Import({
  UploadController.class,
  ModuleController.class,
  StepController.class,
  VideoController.class,
  FeedbackController.class,
  OtherRoutesController.class,
  TrainingModules.class,
  ModuleStandings.class,
  ModuleSweeper.class,
  ModuleTable.class,
  ModuleFiles.class,
  UploadReader.class,
  StepEditor.class,
  TrainingAssistant.class,
  TrainingEnds.class,
  TrainingLog.class,
  VideoHandler.class,
  VideoStudy.class,
  VideoTools.class,
  StageTimes.class,
  FeedbackTable.class
})
public class TrainingConfiguration {
  private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);

  /// Who understands videos, where there is somebody.
  record Author(Optional<VideoAuthor> author) {}

  /// Who writes down what is said, where there is somebody.
  record SpeechToText(Optional<AiTranscriber> transcriber) implements AutoCloseable {
    @Override
    public void close() {
      transcriber.ifPresent(AiTranscriber::close);
    }
  }

  /// What the pages need to know, asked for when they do: looking for FFmpeg takes seconds.
  interface PageConfig extends Supplier<Config> {}

  @Bean
  SystemDescription trainingVideosDescription(TrainingLimits limits) {
    // Twice what a video may have: one that is a little too large is read to its end, so that
    // whoever sends it reads why it was refused.
    DataSize largestBody = DataSize.ofBytes(limits.uploadMaxSize().toBytes() * 2);
    return SystemDescription.of(
            "training videos",
            "/api/upload",
            "/api/modules",
            "/api/steps",
            "/api/reprocess",
            "/api/ai",
            "/api/share",
            "/api/video-url",
            "/api/feedback",
            "/api/training",
            "/api/health",
            "/uploads")
        .withPages("/training", "/training/{id}", "/upload", "/share/{id}")
        .withOpen("/api/health", "/api/share/**", "/share/**")
        .withUpload(UploadController.UPLOAD, largestBody)
        .refusing(new TrainingRefusals(limits));
  }

  @Bean
  TaskType<VideoRequest, VideoResult> trainingType(TrainingTasks settings) {
    return settings.type();
  }

  @Bean
  HandledType<?, ?> trainingHandledType(
      TaskType<VideoRequest, VideoResult> type, VideoHandler handler) {
    return type.handledBy(handler);
  }

  @Bean
  Author trainingAuthor(AiProvider provider, TrainingLimits limits) {
    return switch (provider) {
      case AiProvider.Offline _ -> new Author(Optional.empty());
      case AiProvider.Remote(_, var model) ->
          new Author(Optional.of(new ModelVideoAuthor(model, limits.stepsPerModule())));
    };
  }

  @Bean
  SpeechToText trainingSpeechToText(SpeechProperties speech, AiSettings ai) {
    return new SpeechToText(
        speech.isOn(ai)
            ? Optional.of(OpenAiTranscriber.connect(speech.settings(ai)))
            : Optional.empty());
  }

  @Bean
  Sweeper trainingSweeper(ModuleSweeper sweeper) {
    return new Sweeper("files without a module", SWEEP_EVERY, sweeper::sweep);
  }

  @Bean
  PageConfig trainingPageConfig(
      TrainingPage page, TrainingLimits limits, AiSettings ai, VideoTools tools) {
    return () ->
        new Config(
            page.pollEvery().toMillis(),
            page.slowAfter().toMillis(),
            page.pollFor().toMillis(),
            limits.uploadMaxSize().toBytes(),
            ai.provider(),
            tools.isComplete());
  }
}
