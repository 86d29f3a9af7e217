package dev.handoff.systems.trainingvideos;

import dev.handoff.EndListener;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.AiTranscriber;
import dev.handoff.ai.provider.OpenAiTranscriber;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.web.BodyLimitFilter;
import dev.handoff.systems.SystemsSchema;
import dev.handoff.systems.http.BodyLimits;
import dev.handoff.systems.http.RefusalForm;
import dev.handoff.systems.http.SystemErrors;
import dev.handoff.systems.trainingvideos.ModuleViews.Config;
import dev.handoff.systems.trainingvideos.ModuleViews.ErrorView;
import dev.handoff.systems.trainingvideos.media.FfmpegSettings;
import dev.handoff.systems.trainingvideos.media.VideoTools;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
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
  TrainingErrors.class
})
public class TrainingConfiguration {
  /// What a task of a video is; a type of its own, because Spring tells beans apart by their class.
  record VideoWork(TaskType<VideoRequest, VideoResult> type) {}

  /// Who understands videos, where there is somebody.
  record Author(Optional<VideoAuthor> author) {}

  /// Who writes down what is said, where there is somebody.
  record Hearing(Optional<AiTranscriber> transcriber) implements AutoCloseable {
    @Override
    public void close() {
      transcriber.ifPresent(AiTranscriber::close);
    }
  }

  /// What the pages need to know, asked for when they do: looking for FFmpeg takes seconds.
  interface PageConfig extends Supplier<Config> {}

  @Bean
  VideoWork trainingWork(TrainingTasks settings) {
    return new VideoWork(settings.type());
  }

  @Bean
  TrainingLog trainingLog() {
    return new TrainingLog();
  }

  @Bean
  VideoTools videoTools(FfmpegSettings settings) {
    return new VideoTools(settings);
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
  Hearing trainingHearing(SpeechProperties speech, AiSettings ai) {
    return new Hearing(
        speech.isOn(ai)
            ? Optional.of(OpenAiTranscriber.connect(speech.settings(ai)))
            : Optional.empty());
  }

  @Bean
  ModuleTable trainingModuleTable(JdbcClient sql, SystemsSchema schema) {
    return new ModuleTable(sql, schema);
  }

  @Bean
  FeedbackTable trainingFeedback(JdbcClient sql, SystemsSchema schema) {
    return new FeedbackTable(sql, schema);
  }

  @Bean
  StageTimes trainingStageTimes(JdbcClient sql, SystemsSchema schema, TimeSource clock) {
    return new StageTimes(sql, schema, clock);
  }

  @Bean
  ModuleFiles trainingFiles(HandoffProperties handoff) {
    return new ModuleFiles(handoff.dataDir().resolve("uploads"));
  }

  @Bean
  VideoStudy videoStudy(
      ModuleFiles files,
      VideoTools tools,
      Hearing hearing,
      VideoTreatment treatment,
      TrainingLog log) {
    return new VideoStudy(files, tools, hearing.transcriber(), treatment, log);
  }

  @Bean
  VideoHandler.Rules trainingRules(
      TrainingTasks tasks, VideoTreatment treatment, TrainingLimits limits) {
    return new VideoHandler.Rules(tasks, treatment, limits);
  }

  @Bean
  HandledType<?, ?> trainingHandler(
      VideoWork work,
      ModuleTable modules,
      ModuleFiles files,
      VideoStudy study,
      Author author,
      VideoHandler.Rules rules,
      StageTimes times,
      TimeSource clock,
      TrainingLog log) {
    return work.type()
        .handledBy(
            new VideoHandler(
                new VideoHandler.Parts(
                    modules,
                    files,
                    study,
                    author.author(),
                    rules,
                    times,
                    new VideoHandler.Surroundings(clock, log))));
  }

  @Bean
  EndListener trainingEnds(ModuleTable modules, ModuleFiles files) {
    return new TrainingEnds(modules, files);
  }

  @Bean
  ModuleStandings trainingStandings(Handoff handoff, TrainingTasks settings) {
    return new ModuleStandings(handoff, settings);
  }

  @Bean
  TrainingModules trainingModules(
      Handoff handoff,
      VideoWork work,
      ModuleTable modules,
      ModuleFiles files,
      ModuleStandings standings,
      TransactionOperations transactions,
      HandoffProperties settings,
      TrainingLimits limits,
      TrainingLog log) {
    return new TrainingModules(
        handoff,
        work.type(),
        new TrainingModules.Store(modules, files, standings),
        transactions,
        settings.role(),
        limits,
        log);
  }

  @Bean
  UploadReader trainingUploads(ModuleFiles files, TrainingLimits limits, VideoTreatment treatment) {
    return new UploadReader(files, limits, treatment);
  }

  @Bean
  StepEditor trainingStepEditor(
      ModuleTable modules,
      ModuleStandings standings,
      TransactionOperations transactions,
      TrainingLimits limits,
      TimeSource clock) {
    return new StepEditor(modules, standings, transactions, limits, clock);
  }

  @Bean
  TrainingAssistant trainingAssistant(Author author) {
    return new TrainingAssistant(author.author());
  }

  @Bean
  ModuleSweeper trainingSweeper(
      TrainingModules modules,
      ModuleTable table,
      ModuleFiles files,
      StageTimes times,
      TimeSource clock) {
    return new ModuleSweeper(modules, table, files, times, clock);
  }

  @Bean
  RefusalForm trainingRefusals() {
    return new TrainingRefusals();
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> trainingBodyLimit(HandoffProperties settings) {
    FilterRegistrationBean<BodyLimitFilter> limit =
        BodyLimits.over(
            "trainingBodyLimit",
            "/api/modules/*",
            BodyLimits.Sizes.of(settings),
            new ErrorView(SystemErrors.TOO_LARGE));
    limit.addUrlPatterns("/api/steps/*", "/api/ai/*", "/api/reprocess/*", "/api/feedback/*");
    return limit;
  }

  // Twice what a video may have: one that is a little too large is read to its end, so that whoever
  // sends it reads why it was refused.
  @Bean
  FilterRegistrationBean<BodyLimitFilter> trainingUploadLimit(
      HandoffProperties settings, TrainingLimits limits) {
    DataSize most = DataSize.ofBytes(limits.uploadMaxSize().toBytes() * 2);
    return BodyLimits.over(
        "trainingUploadLimit",
        "/api/upload/*",
        new BodyLimits.Sizes(settings.api().bodyLimit(), most),
        new ErrorView(limits.tooLarge()));
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
