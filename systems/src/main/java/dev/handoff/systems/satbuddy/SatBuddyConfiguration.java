package dev.handoff.systems.satbuddy;

import dev.handoff.EngineListener;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.TimeSource;
import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiSettings;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.tables.Sweeper;
import dev.handoff.spring.web.BodyLimitFilter;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.systems.SystemsSchema;
import dev.handoff.systems.http.BodyLimits;
import dev.handoff.systems.http.SystemErrors;
import java.security.SecureRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The parts of SAT Buddy, put together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SatBuddyTasks.class, SatBuddyLimits.class, SatBuddyPage.class})
@Import({SatBuddyController.class, ImageController.class})
public class SatBuddyConfiguration {
  /// Who answers, and who writes questions.
  record Buddy(Tutor tutor, QuestionWriter writer) {}

  @Bean
  Buddy satBuddy(AiProvider provider) {
    return switch (provider) {
      case AiProvider.Offline _ -> {
        OfflineSatBuddy offline = new OfflineSatBuddy(new SecureRandom());
        yield new Buddy(offline, offline);
      }
      case AiProvider.Remote(_, var model) -> {
        ModelTutor remote = new ModelTutor(model);
        yield new Buddy(remote, remote);
      }
    };
  }

  @Bean
  SatBuddyTypes satBuddyTypes(SatBuddyTasks settings, AiSettings ai) {
    return new SatBuddyTypes(settings, ai.isOffline() ? AiSettings.OFFLINE : ai.model());
  }

  @Bean
  ImageStore satBuddyImages(
      HandoffProperties handoff,
      JdbcClient sql,
      SystemsSchema schema,
      SatBuddyLimits limits,
      TimeSource clock) {
    return new ImageStore(
        handoff.dataDir().resolve("uploads"), new ImageTable(sql, schema), limits, clock);
  }

  @Bean
  Sweeper satBuddyImageSweeper(ImageStore images, SatBuddyLimits limits) {
    return new Sweeper("old images", limits.imageSweepEvery(), images::sweep);
  }

  @Bean
  HandledType<?, ?> satBuddyChat(
      SatBuddyTypes types, Buddy buddy, ImageStore images, SatBuddyTasks settings) {
    return types.chat().handledBy(new ChatHandler(buddy.tutor(), images, settings.retries()));
  }

  @Bean
  HandledType<?, ?> satBuddyQuestion(SatBuddyTypes types, Buddy buddy, SatBuddyTasks settings) {
    return types.question().handledBy(new QuestionHandler(buddy.writer(), settings.retries()));
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> satBuddyBodyLimit(HandoffProperties settings) {
    return BodyLimits.over("satBuddyBodyLimit", "/ai/*", settings, SystemErrors.TOO_LARGE);
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> satBuddyUploadLimit(
      HandoffProperties settings, SatBuddyLimits limits) {
    FilterRegistrationBean<BodyLimitFilter> first =
        BodyLimits.over(
            "satBuddyUploadLimit", "/ai/upload-image/*", settings, limits.imageTooLarge());
    first.setOrder(first.getOrder() - 1);
    return first;
  }

  @Bean
  EngineListener satBuddyLog() {
    return new SatBuddyLog();
  }

  @Bean
  SatBuddyService satBuddyService(
      Handoff handoff, TaskVisibility visibility, SatBuddyTypes types, SatBuddyTasks settings) {
    return new SatBuddyService(handoff, visibility, types, settings);
  }

  @Bean
  SatBuddyRequests satBuddyRequests(SatBuddyLimits limits, ImageStore images) {
    return new SatBuddyRequests(limits, images);
  }

  @Bean
  SatBuddyViews.Config satBuddyConfig(SatBuddyLimits limits, SatBuddyPage page, AiSettings ai) {
    return new SatBuddyViews.Config(
        page.pollEvery().toMillis(),
        page.pollAtMost(),
        limits.messageLimit(),
        limits.imageLimit(),
        limits.imageMaxSize().toBytes(),
        limits.historyLimit(),
        ai.provider(),
        page.topics());
  }
}
