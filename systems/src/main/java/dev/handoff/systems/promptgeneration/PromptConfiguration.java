package dev.handoff.systems.promptgeneration;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiSettings;
import dev.handoff.systems.DemoProperties;
import dev.handoff.systems.accounts.AccountStore;
import dev.handoff.systems.kit.SystemDescription;
import dev.handoff.systems.kit.SystemsDatabase;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The parts of prompt generation, put together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PromptTasks.class, PromptCosts.class, PromptPage.class})
@Import({
  PromptController.class,
  PromptService.class,
  PromptRequests.class,
  PromptOverview.class,
  PromptAnalytics.class,
  PromptTypes.class,
  PromptHandler.Works.class,
  AccessCheck.class,
  KeptPrompts.class,
  SavedPrompts.class,
  Subscriptions.class,
  Plans.class
})
public class PromptConfiguration {
  @Bean
  SystemDescription promptGenerationDescription() {
    return SystemDescription.of("prompt generation", PromptController.CALLS)
        .withPages("/web-knowledge/prompt/")
        .refusing(new PromptRefusals());
  }

  @Bean
  HandledType<?, ?> promptGeneration(PromptTypes types, PromptHandler.Works works) {
    return types.later().handledBy(new PromptHandler(works, "Async prompt enhancement"));
  }

  @Bean
  HandledType<?, ?> promptGenerationNow(PromptTypes types, PromptHandler.Works works) {
    return types.now().handledBy(new PromptHandler(works, "Prompt enhancement"));
  }

  @Bean
  PromptAuthor promptAuthor(AiProvider provider, AiSettings ai) {
    return PromptAuthor.of(provider, ai);
  }

  @Bean
  Businesses businesses(SystemsDatabase db) {
    Businesses businesses = new Businesses(db);
    ShippedTemplates.all().forEach(businesses::add);
    return businesses;
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

  @Bean
  DemoSubscriptions demoSubscriptions(
      DemoProperties demo,
      AccountStore accounts,
      Subscriptions subscriptions,
      Plans plans,
      Businesses businesses,
      Handoff handoff) {
    DemoSubscriptions all =
        new DemoSubscriptions(accounts, subscriptions, plans, businesses, handoff);
    if (demo.demo()) {
      all.add();
    }
    return all;
  }
}
