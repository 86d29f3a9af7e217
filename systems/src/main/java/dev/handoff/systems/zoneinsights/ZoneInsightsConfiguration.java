package dev.handoff.systems.zoneinsights;

import dev.handoff.HandledType;
import dev.handoff.TaskType;
import dev.handoff.spring.tables.Sweeper;
import dev.handoff.systems.kit.SystemsDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The tests of the zone insights, their tables and their task.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ZoneInsightsTasks.class)
@Import({
  Exams.class,
  ZoneInsights.class,
  OverdueTests.class,
  InsightsHandler.class,
  InsightTimes.class,
  ExamTable.class,
  AnswerTable.class,
  InsightTable.class
})
public class ZoneInsightsConfiguration {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

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

  // The sweeper's own line would speak of deleted rows.
  @Bean
  Sweeper zoneOverdueTestsSweeper(OverdueTests overdue) {
    return new Sweeper(
        "tests whose time is over",
        LOOK_EVERY,
        () -> {
          var _ = overdue.submit();
          return 0;
        });
  }

  @Bean
  QuestionDealer zoneQuestionDealer() {
    return new QuestionDealer(new SecureRandom());
  }
}
