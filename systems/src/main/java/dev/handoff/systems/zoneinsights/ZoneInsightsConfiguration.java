package dev.handoff.systems.zoneinsights;

import dev.handoff.HandledType;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiSettings;
import dev.handoff.systems.kit.SystemDescription;
import dev.handoff.systems.kit.SystemsDatabase;
import java.security.SecureRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The parts of the zone insights, put together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ZoneInsightsTasks.class, ZoneInsightsPage.class})
@Import({
  ExamController.class,
  InsightController.class,
  Exams.class,
  ZoneInsights.class,
  InsightTasks.class,
  InsightsHandler.class,
  InsightTimes.class,
  ExamTable.class,
  AnswerTable.class,
  InsightTable.class
})
public class ZoneInsightsConfiguration {
  @Bean
  SystemDescription zoneInsightsDescription(TimeSource clock) {
    return SystemDescription.of(
            "zone insights",
            "/api/topics",
            "/api/test-sessions",
            "/api/test-answers",
            "/api/time-tracking",
            "/api/tasks",
            "/api/zone-insights")
        .withPages(
            "/tests", "/test/{id}", "/loading-results", "/loading-results/{id}", "/dashboard")
        .refusing(new ZoneRefusals(clock));
  }

  @Bean
  TaskType<InsightsRequest, InsightsResult> zoneInsightsType(ZoneInsightsTasks settings) {
    return settings.type();
  }

  @Bean
  HandledType<?, ?> zoneInsightsHandledType(
      TaskType<InsightsRequest, InsightsResult> type, InsightsHandler handler) {
    return type.handledBy(handler);
  }

  @Bean
  BankTable zoneBank(SystemsDatabase db) {
    BankTable bank = new BankTable(db);
    bank.add(QuestionBank.shipped());
    return bank;
  }

  @Bean
  QuestionDealer zoneQuestionDealer() {
    return new QuestionDealer(new SecureRandom());
  }

  @Bean
  InsightWriter zoneInsightWriter(AiProvider provider) {
    return switch (provider) {
      case AiProvider.Offline _ -> new OfflineInsightWriter();
      case AiProvider.Remote(_, var model) -> new ModelInsightWriter(model);
    };
  }

  @Bean
  InsightViews.Config zoneConfig(ZoneInsightsPage page, AiSettings ai) {
    return new InsightViews.Config(
        page.pollEvery().toMillis(),
        page.leaveAfter().toMillis(),
        page.linger().toMillis(),
        page.autoSubmitAfter().toMillis(),
        ai.provider());
  }
}
