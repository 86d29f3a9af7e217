package dev.handoff.systems.trainingvideos;

import dev.handoff.HandledType;
import dev.handoff.TaskType;
import dev.handoff.ai.AiTranscriber;
import dev.handoff.spring.tables.Sweeper;
import dev.handoff.systems.trainingvideos.media.FfmpegSettings;
import dev.handoff.systems.trainingvideos.media.VideoTools;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The modules of the training videos, their tables and their task.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  TrainingTasks.class,
  VideoTreatment.class,
  TrainingLimits.class,
  FfmpegSettings.class
})
@Import({
  TrainingModules.class,
  ModuleTasks.class,
  ModuleStandings.class,
  ModuleSweeper.class,
  ModuleTable.class,
  ModuleShares.class,
  ModuleFiles.class,
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
  public record Author(Optional<VideoAuthor> author) {}

  /// Who writes down what is said, where there is somebody.
  public record SpeechToText(Optional<AiTranscriber> transcriber) implements AutoCloseable {
    @Override
    public void close() {
      transcriber.ifPresent(AiTranscriber::close);
    }
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
  Sweeper trainingSweeper(ModuleSweeper sweeper) {
    return new Sweeper("files without a module", SWEEP_EVERY, sweeper::sweep);
  }
}
