package dev.handoff.systems.promptgeneration;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.TimeSource;
import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiSettings;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.web.BodyLimitFilter;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.store.TaskStore;
import dev.handoff.systems.DemoProperties;
import dev.handoff.systems.SystemsSchema;
import dev.handoff.systems.accounts.AccountStore;
import dev.handoff.systems.http.BodyLimits;
import dev.handoff.systems.http.SystemErrors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The parts of prompt generation, put together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PromptTasks.class, PromptCosts.class, PromptPage.class})
@Import({PromptController.class, PromptErrors.class})
public class PromptConfiguration {
  @Bean
  PromptTypes promptTypes(PromptTasks settings) {
    return new PromptTypes(settings);
  }

  @Bean
  Subscriptions subscriptions(JdbcClient sql, SystemsSchema schema) {
    return new Subscriptions(sql, schema);
  }

  @Bean
  Plans plans(JdbcClient sql, SystemsSchema schema) {
    return new Plans(sql, schema);
  }

  @Bean
  SavedPrompts savedPrompts(JdbcClient sql, SystemsSchema schema, TimeSource clock) {
    return new SavedPrompts(sql, schema, clock);
  }

  @Bean
  Businesses businesses(JdbcClient sql, SystemsSchema schema) {
    Businesses businesses = new Businesses(sql, schema);
    ShippedTemplates.all().forEach(businesses::add);
    return businesses;
  }

  /// What the handlers work with.
  @Bean
  PromptHandler.Parts promptParts(
      Businesses businesses,
      Subscriptions subscriptions,
      AiProvider provider,
      AiSettings ai,
      PromptTasks settings,
      PromptCosts costs,
      TaskStore store,
      JdbcClient sql,
      SystemsSchema schema) {
    TimeSource clock = store.clock();
    String model = ai.isOffline() ? AiSettings.OFFLINE : ai.model();
    return new PromptHandler.Parts(
        businesses,
        new AccessCheck(subscriptions, costs.requiredTokens(), clock),
        new PromptHandler.Author(writer(provider), model),
        new KeptPrompts(sql, schema, costs, new KeptPrompts.PromptModel(model, clock)),
        settings,
        clock,
        store.budgets());
  }

  private static PromptWriter writer(AiProvider provider) {
    return switch (provider) {
      case AiProvider.Offline _ -> new OfflinePromptWriter();
      case AiProvider.Remote(_, var model) -> new ModelPromptWriter(model);
    };
  }

  @Bean
  HandledType<?, ?> promptGeneration(PromptTypes types, PromptHandler.Parts parts) {
    return types.later().handledBy(new PromptHandler(parts, "Async prompt enhancement"));
  }

  @Bean
  HandledType<?, ?> promptGenerationNow(PromptTypes types, PromptHandler.Parts parts) {
    return types.now().handledBy(new PromptHandler(parts, "Prompt enhancement"));
  }

  @Bean
  PromptService promptService(
      Handoff handoff, TaskVisibility visibility, PromptTypes types, PromptTasks settings) {
    return new PromptService(handoff, visibility, types, settings);
  }

  @Bean
  PromptRequests promptRequests(PromptPage limits) {
    return new PromptRequests(limits);
  }

  @Bean
  PromptAnalytics promptAnalytics(JdbcClient sql, SystemsSchema schema) {
    return new PromptAnalytics(sql, schema);
  }

  @Bean
  PromptOverview promptOverview(
      Subscriptions subscriptions,
      Plans plans,
      Businesses businesses,
      Handoff handoff,
      PromptCosts costs,
      PromptPage page,
      AiSettings ai) {
    return new PromptOverview(
        subscriptions,
        plans,
        businesses,
        handoff.budgets(),
        handoff.clock(),
        costs.requiredTokens(),
        new PromptViews.Page(
            page.pollEvery().toMillis(),
            page.pollFor().toMillis(),
            page.notesLimit(),
            page.purchaseUrl(),
            page.upgradeUrl(),
            ai.provider()));
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

  @Bean
  FilterRegistrationBean<BodyLimitFilter> promptBodyLimit(HandoffProperties settings) {
    return BodyLimits.over(
        "promptBodyLimit", PromptController.CALLS + "/*", settings, SystemErrors.TOO_LARGE);
  }
}
