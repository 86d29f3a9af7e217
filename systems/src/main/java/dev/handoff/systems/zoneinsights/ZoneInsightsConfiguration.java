package dev.handoff.systems.zoneinsights;

import dev.handoff.HandledType;
import dev.handoff.TaskType;
import dev.handoff.systems.kit.SystemsDatabase;
import java.security.SecureRandom;
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
  InsightsHandler.class,
  InsightTimes.class,
  ExamTable.class,
  AnswerTable.class,
  InsightTable.class
})
public class ZoneInsightsConfiguration {
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
}
