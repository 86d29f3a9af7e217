package dev.handoff.systems.satbuddy;

import dev.handoff.HandledType;
import dev.handoff.TimeSource;
import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiSettings;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.tables.Sweeper;
import dev.handoff.systems.kit.ErrorBody;
import dev.handoff.systems.kit.Refusal.Why;
import dev.handoff.systems.kit.RefusalForm;
import dev.handoff.systems.kit.RefusalForm.Answer;
import dev.handoff.systems.kit.SystemDescription;
import java.security.SecureRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The parts of SAT Buddy, put together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SatBuddyTasks.class, SatBuddyLimits.class, SatBuddyPage.class})
@Import({
  SatBuddyController.class,
  SatBuddyService.class,
  SatBuddyRequests.class,
  SatBuddyLog.class,
  ImageController.class,
  ImageTable.class
})
public class SatBuddyConfiguration {
  record Buddy(Tutor tutor, QuestionWriter writer) {}

  @Bean
  SystemDescription satBuddyDescription(SatBuddyLimits limits) {
    return SystemDescription.of("SAT Buddy", "/ai", "/media")
        .withPages("/ai/chat/")
        .refusing((refusal, path) ->
            refusal.is(Why.TOO_LARGE) && path.startsWith(ImageController.UPLOAD)
                ? new Answer(refusal.status(), ErrorBody.of(limits.imageTooLarge()))
                : RefusalForm.USUAL.answer(refusal, path));
  }

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
      HandoffProperties handoff, ImageTable table, SatBuddyLimits limits, TimeSource clock) {
    return new ImageStore(handoff.dataDir().resolve("uploads"), table, limits, clock);
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
