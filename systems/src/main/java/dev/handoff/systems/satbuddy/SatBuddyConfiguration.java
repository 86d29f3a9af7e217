package dev.handoff.systems.satbuddy;

import dev.handoff.HandledType;
import dev.handoff.TimeSource;
import dev.handoff.ai.AiSettings;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.tables.Sweeper;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The tasks and the images of SAT Buddy.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SatBuddyTasks.class, SatBuddyLimits.class})
@Import({SatBuddyLog.class, ImageTable.class})
public class SatBuddyConfiguration {
  /// Who answers and who writes questions: a model, or SAT Buddy without one.
  public record Buddy(Tutor tutor, QuestionWriter writer) {}

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
}
