package dev.handoff.systems.promptgeneration;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.systems.DemoProperties;
import dev.handoff.systems.accounts.AccountStore;
import dev.handoff.systems.kit.SystemsDatabase;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The tasks of prompt generation, its tables and its balances.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PromptTasks.class, PromptCosts.class})
@Import({
  PromptService.class,
  PromptAnalytics.class,
  PromptTypes.class,
  PromptHandler.Works.class,
  AccessCheck.class,
  KeptPrompts.class,
  SavedPrompts.class,
  PromptLibrary.class,
  Subscriptions.class,
  Plans.class
})
public class PromptConfiguration {
  @Bean
  HandledType<?, ?> promptGeneration(PromptTypes types, PromptHandler.Works works) {
    return types.later().handledBy(new PromptHandler(works, "Async prompt enhancement"));
  }

  @Bean
  HandledType<?, ?> promptGenerationNow(PromptTypes types, PromptHandler.Works works) {
    return types.now().handledBy(new PromptHandler(works, "Prompt enhancement"));
  }

  @Bean
  Businesses businesses(SystemsDatabase db) {
    Businesses businesses = new Businesses(db);
    ShippedTemplates.all().forEach(businesses::add);
    return businesses;
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
