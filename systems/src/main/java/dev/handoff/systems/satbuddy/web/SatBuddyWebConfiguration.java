package dev.handoff.systems.satbuddy.web;

import dev.handoff.ai.AiSettings;
import dev.handoff.systems.kit.ErrorBody;
import dev.handoff.systems.kit.Refusal.Why;
import dev.handoff.systems.kit.RefusalForm;
import dev.handoff.systems.kit.RefusalForm.Answer;
import dev.handoff.systems.kit.SystemDescription;
import dev.handoff.systems.satbuddy.SatBuddyConfiguration;
import dev.handoff.systems.satbuddy.SatBuddyLimits;
import dev.handoff.systems.satbuddy.ai.SatBuddyAiConfiguration;
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
  SatBuddyService.class,
  SatBuddyRequests.class,
  ImageController.class
})
public class SatBuddyWebConfiguration {
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
