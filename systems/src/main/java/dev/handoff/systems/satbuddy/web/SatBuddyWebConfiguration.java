package dev.handoff.systems.satbuddy.web;

import dev.handoff.TimeSource;
import dev.handoff.ai.AiSettings;
import dev.handoff.spring.tables.Sweeper;
import dev.handoff.systems.kit.ErrorBody;
import dev.handoff.systems.kit.Refusal.Why;
import dev.handoff.systems.kit.RefusalForm;
import dev.handoff.systems.kit.RefusalForm.Answer;
import dev.handoff.systems.kit.SystemDescription;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.satbuddy.SatBuddyConfiguration;
import dev.handoff.systems.satbuddy.SatBuddyLimits;
import dev.handoff.systems.satbuddy.SatBuddyTypes;
import dev.handoff.systems.satbuddy.ai.SatBuddyAiConfiguration;
import dev.handoff.systems.satbuddy.conversation.ConversationAnswers;
import dev.handoff.systems.satbuddy.conversation.Conversations;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// SAT Buddy as the server imports it: its calls, and with them all the rest.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SatBuddyPage.class)
@Import({
  SatBuddyConfiguration.class,
  SatBuddyAiConfiguration.class,
  SatBuddyController.class,
  ConversationController.class,
  SatBuddyService.class,
  SatBuddyRequests.class,
  ImageController.class
})
public class SatBuddyWebConfiguration {
  private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);

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
  Conversations satBuddyConversations(
      SystemsDatabase database, SatBuddyLimits limits, TimeSource clock) {
    return new Conversations(database, limits.conversationRetention(), clock);
  }

  @Bean
  ConversationAnswers satBuddyConversationAnswers(
      Conversations conversations, SatBuddyTypes types) {
    return new ConversationAnswers(conversations, types);
  }

  @Bean
  Sweeper satBuddyConversationSweeper(Conversations conversations) {
    return new Sweeper("old chats", SWEEP_EVERY, conversations::sweep);
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
