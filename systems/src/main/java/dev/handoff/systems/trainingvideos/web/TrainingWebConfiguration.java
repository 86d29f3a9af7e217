package dev.handoff.systems.trainingvideos.web;

import dev.handoff.ai.AiSettings;
import dev.handoff.systems.SiteProperties;
import dev.handoff.systems.kit.SystemDescription;
import dev.handoff.systems.trainingvideos.TrainingConfiguration;
import dev.handoff.systems.trainingvideos.TrainingLimits;
import dev.handoff.systems.trainingvideos.ai.TrainingAiConfiguration;
import dev.handoff.systems.trainingvideos.media.VideoTools;
import dev.handoff.systems.trainingvideos.web.ModuleViews.Config;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.unit.DataSize;

/// The training videos as the server imports them: their calls, and with them all the rest.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TrainingPage.class, SiteProperties.class})
@Import({
  TrainingConfiguration.class,
  TrainingAiConfiguration.class,
  UploadController.class,
  ModuleController.class,
  ShareController.class,
  StepController.class,
  VideoController.class,
  FeedbackController.class,
  HealthController.class,
  UploadReader.class
})
public class TrainingWebConfiguration {
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
        // Where its clients look for calls; what other systems have there is theirs.
        .withRest("/api")
        .withUpload(UploadController.UPLOAD, largestBody)
        .refusing(new TrainingRefusalForm(limits));
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
