package dev.handoff.systems.zoneinsights;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiSettings;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.web.BodyLimitFilter;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.systems.SystemsSchema;
import dev.handoff.systems.http.BodyLimits;
import dev.handoff.systems.http.RefusalForm;
import dev.handoff.systems.http.SystemErrors;
import java.security.SecureRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// The parts of the zone insights, put together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ZoneInsightsTasks.class, ZoneInsightsPage.class})
@Import({ExamController.class, InsightController.class, ExamErrors.class, InsightErrors.class})
public class ZoneInsightsConfiguration {
  /// What a task of insights is; a type of its own, because Spring tells beans apart by their
  /// class.
  record InsightsWork(TaskType<InsightsRequest, InsightsResult> type) {}

  @Bean
  InsightsWork zoneInsightsWork(ZoneInsightsTasks settings) {
    return new InsightsWork(InsightsType.with(settings));
  }

  @Bean
  Exams.Tables zoneTables(
      JdbcClient sql, TransactionOperations transactions, SystemsSchema schema) {
    BankTable bank = new BankTable(sql, transactions, schema);
    bank.add(QuestionBank.shipped());
    return new Exams.Tables(bank, new ExamTable(sql, schema), new AnswerTable(sql, bank));
  }

  @Bean
  InsightTable zoneInsightTable(JdbcClient sql, SystemsSchema schema) {
    return new InsightTable(sql, schema);
  }

  @Bean
  InsightTimes zoneInsightTimes(JdbcClient sql, SystemsSchema schema) {
    return new InsightTimes(sql, schema);
  }

  @Bean
  Exams zoneExams(Exams.Tables tables, TransactionOperations transactions, TimeSource clock) {
    return new Exams(tables, new QuestionDealer(new SecureRandom()), transactions, clock);
  }

  @Bean
  InsightWriter zoneInsightWriter(AiProvider provider) {
    return switch (provider) {
      case AiProvider.Offline _ -> new OfflineInsightWriter();
      case AiProvider.Remote(_, var model) -> new ModelInsightWriter(model);
    };
  }

  @Bean
  HandledType<?, ?> zoneInsightsHandler(
      InsightsWork work,
      Exams.Tables tables,
      InsightTable insights,
      InsightWriter writer,
      ZoneInsightsTasks settings,
      TimeSource clock) {
    return work.type().handledBy(new InsightsHandler(tables, insights, writer, settings, clock));
  }

  @Bean
  ZoneInsights zoneInsights(
      Handoff handoff,
      InsightsWork work,
      Exams exams,
      InsightTable insights,
      HandoffProperties settings,
      ZoneInsightsTasks tasks) {
    return new ZoneInsights(handoff, work.type(), exams, insights, settings.role(), tasks);
  }

  @Bean
  InsightTasks zoneInsightTasks(Handoff handoff, TaskVisibility visibility, InsightsWork work) {
    return new InsightTasks(handoff, visibility, work.type());
  }

  @Bean
  RefusalForm zoneLoginRefusals(TimeSource clock) {
    return new LoginRefusals(clock);
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> zoneBodyLimit(HandoffProperties settings) {
    FilterRegistrationBean<BodyLimitFilter> limit =
        BodyLimits.over("zoneBodyLimit", "/api/test-sessions/*", settings, SystemErrors.TOO_LARGE);
    limit.addUrlPatterns("/api/test-answers/*", "/api/time-tracking/*");
    return limit;
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
