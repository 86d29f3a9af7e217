package dev.handoff.systems.teamevaluation;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.systems.DemoProperties;
import dev.handoff.systems.accounts.AccountStore;
import dev.handoff.systems.kit.SystemsDatabase;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcOperations;

/// The evaluations and jobs of the team evaluation, their tables and their tasks.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TeamEvaluationTasks.class)
@Import({
  SchoolAccess.class,
  Jobs.class,
  JobEnds.class,
  JobMessages.class,
  MessageReceivers.class,
  MessageReceiverTable.class,
  Summaries.class,
  SummaryMaker.class,
  SummaryHandler.class,
  Evaluations.class,
  EvaluationTable.class,
  MemberTable.class,
  ScoreTable.class,
  SummaryTable.class,
  SummaryReleases.class,
  ReleaseTable.class,
  FeedbackTable.class,
  JobTable.class
})
public class TeamEvaluationConfiguration {
  @Bean
  TaskType<SummaryRequest, SummaryResult> teamSummaryType(TeamEvaluationTasks settings) {
    return settings.type();
  }

  @Bean
  HandledType<?, ?> teamSummaries(
      TaskType<SummaryRequest, SummaryResult> type, SummaryHandler handler) {
    return type.handledBy(handler);
  }

  @Bean
  HandledType<?, ?> teamMessages(JobMessages handler) {
    return JobMessages.TYPE.handledBy(handler);
  }

  // The engine is started with the listener, which needs the engine.
  @Bean
  SmartInitializingSingleton teamJobEndsStart(JobEnds ends, Handoff handoff, Jobs jobs) {
    return () -> ends.attach(handoff, jobs);
  }

  @Bean
  DemoSchools teamDemo(
      DemoProperties demo,
      SystemsDatabase db,
      JdbcOperations sql,
      AccountStore accounts,
      TimeSource clock) {
    DemoSchools schools = new DemoSchools(sql, accounts);
    if (demo.demo()) {
      db.doInTransaction(() -> schools.add(clock.instant()));
    }
    return schools;
  }
}
