package dev.handoff.systems.promptgeneration.web;

import dev.handoff.ai.AiSettings;
import dev.handoff.systems.kit.SystemDescription;
import dev.handoff.systems.promptgeneration.PromptConfiguration;
import dev.handoff.systems.promptgeneration.ai.PromptAiConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Prompt generation as the server imports it: its calls, and with them all the rest.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PromptPage.class)
@Import({
  PromptConfiguration.class,
  PromptAiConfiguration.class,
  PromptController.class,
  PromptLibraryController.class,
  PromptRequests.class,
  PromptOverview.class
})
public class PromptWebConfiguration {
  @Bean
  SystemDescription promptGenerationDescription() {
    return SystemDescription.of("prompt generation", PromptController.CALLS)
        .withPages("/web-knowledge/prompt/")
        .refusing(new PromptRefusals());
  }

  @Bean
  PromptViews.Page promptPage(PromptPage page, AiSettings ai) {
    return new PromptViews.Page(
        page.pollEvery().toMillis(),
        page.pollFor().toMillis(),
        page.notesLimit(),
        page.purchaseUrl(),
        page.upgradeUrl(),
        ai.provider());
  }
}
