package dev.handoff.systems.teamevaluation;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.ai.AiProvider;
import dev.handoff.systems.DemoProperties;
import dev.handoff.systems.accounts.AccountStore;
import dev.handoff.systems.kit.CallArgument;
import dev.handoff.systems.kit.SystemDescription;
import dev.handoff.systems.kit.SystemsDatabase;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The parts of the team evaluation, put together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TeamEvaluationTasks.class, TeamEvaluationPage.class})
@Import({
  SummaryController.class,
  JobController.class,
  EvaluationController.class,
  CurrentMember.class,
  SchoolAccess.class,
  Jobs.class,
  JobEnds.class,
  JobMessages.class,
  Summaries.class,
  SummaryHandler.class,
  Evaluations.class,
  ClassStreams.class,
  QueueStatus.class,
  TeamRequests.class,
  EvaluationTable.class,
  MemberTable.class,
  ScoreTable.class,
  SummaryTable.class,
  FeedbackTable.class,
  JobTable.class
})
public class TeamEvaluationConfiguration {
  @Bean
  SystemDescription teamEvaluationDescription() {
    return SystemDescription.of(
            "team evaluation",
            SummaryController.CALLS,
            SummaryController.BARE_CALLS,
            EvaluationController.CALLS)
        .withPages("/evaluaties", "/evaluaties/{id}")
        .refusing(new TeamRefusals());
  }

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

  @Bean
  SummaryMaker teamSummaryMaker(
      FeedbackTable feedback, MemberTable members, AiProvider provider, TimeSource clock) {
    Optional<SummaryModel> model =
        switch (provider) {
          case AiProvider.Offline _ -> Optional.empty();
          case AiProvider.Remote(_, var remote) -> Optional.of(new SummaryModel(remote));
        };
    return new SummaryMaker(feedback, members, model, clock);
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

  /// Calls are limited, and may take the [Member] who makes them as a parameter.
  @Bean
  WebMvcConfigurer teamCalls(CurrentMember members, TeamEvaluationPage limits, TimeSource clock) {
    CallLimits calls = new CallLimits(limits, clock);
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry
            .addInterceptor(calls)
            .addPathPatterns(
                SummaryController.CALLS + "/**",
                SummaryController.BARE_CALLS + "/**",
                EvaluationController.CALLS + "/**");
      }

      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallArgument(Member.class, members::of));
      }
    };
  }
}
