package dev.handoff.systems.teamevaluation;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.TimeSource;
import dev.handoff.ai.AiProvider;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.web.BodyLimitFilter;
import dev.handoff.spring.web.CurrentCaller;
import dev.handoff.spring.webhooks.ReceiverAddresses;
import dev.handoff.spring.webhooks.WebhookProperties;
import dev.handoff.spring.webhooks.WebhookSender;
import dev.handoff.systems.DemoProperties;
import dev.handoff.systems.SystemsSchema;
import dev.handoff.systems.accounts.AccountStore;
import dev.handoff.systems.http.BodyLimits;
import dev.handoff.systems.http.RefusalForm;
import dev.handoff.systems.http.SystemErrors;
import java.util.Optional;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The parts of the team evaluation, put together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TeamEvaluationTasks.class, TeamEvaluationPage.class})
@Import({
  SummaryController.class,
  JobController.class,
  EvaluationController.class,
  TeamErrors.class
})
public class TeamEvaluationConfiguration {
  @Bean
  SummaryType teamSummaryType(TeamEvaluationTasks settings) {
    return SummaryType.with(settings);
  }

  @Bean
  Evaluations.Tables teamTables(JdbcClient sql, SystemsSchema schema) {
    return new Evaluations.Tables(
        new EvaluationTable(sql, schema),
        new MemberTable(sql, schema),
        new ScoreTable(sql, schema),
        new SummaryTable(sql, schema));
  }

  @Bean
  JobTable teamJobTable(JdbcClient sql, SystemsSchema schema) {
    return new JobTable(sql, schema);
  }

  @Bean
  SummaryMaker teamSummaryMaker(
      JdbcClient sql,
      SystemsSchema schema,
      Evaluations.Tables tables,
      AiProvider provider,
      TimeSource clock) {
    Optional<SummaryModel> model =
        switch (provider) {
          case AiProvider.Offline _ -> Optional.empty();
          case AiProvider.Remote(_, var remote) -> Optional.of(new SummaryModel(remote));
        };
    return new SummaryMaker(new FeedbackTable(sql, schema), tables.members(), model, clock);
  }

  @Bean
  HandledType<?, ?> teamSummaryHandler(
      SummaryType type, Evaluations.Tables tables, SummaryMaker maker, TimeSource clock) {
    return type.type()
        .handledBy(
            new SummaryHandler(
                tables.evaluations(), tables.members(), maker, tables.summaries(), clock));
  }

  @Bean
  HandledType<?, ?> teamMessageHandler(WebhookSender sender, JobTable jobs) {
    return JobMessages.TYPE.handledBy(new JobMessages(sender, jobs));
  }

  @Bean
  JobEnds teamJobEnds() {
    return new JobEnds();
  }

  @Bean
  Jobs teamJobs(
      Handoff handoff,
      SummaryType type,
      JobTable table,
      SummaryMaker maker,
      TransactionOperations transactions) {
    return new Jobs(handoff, type, table, maker, transactions);
  }

  // The engine is started with the listener, which needs the engine.
  @Bean
  SmartInitializingSingleton teamJobEndsStart(JobEnds ends, Handoff handoff, Jobs jobs) {
    return () -> ends.attach(handoff, jobs);
  }

  @Bean
  CurrentMember teamCurrentMember(
      CurrentCaller callers, AccountStore accounts, Evaluations.Tables tables) {
    return new CurrentMember(callers, accounts, tables.members());
  }

  @Bean
  SchoolDesk teamSchoolDesk(Evaluations.Tables tables, Jobs jobs) {
    return new SchoolDesk(tables.evaluations(), tables.members(), jobs);
  }

  @Bean
  Summaries teamSummaries(
      SummaryMaker maker, Evaluations.Tables tables, Jobs jobs, TimeSource clock) {
    return new Summaries(maker, tables.summaries(), tables.members(), jobs, clock);
  }

  @Bean
  Evaluations teamEvaluations(
      Evaluations.Tables tables,
      Jobs jobs,
      TransactionOperations transactions,
      TimeSource clock,
      TeamEvaluationPage page) {
    return new Evaluations(tables, jobs, transactions, clock, page);
  }

  @Bean
  ClassStreams teamClassStreams(Handoff handoff, Jobs jobs, HandoffProperties settings) {
    return new ClassStreams(handoff, jobs, settings.streams());
  }

  @Bean
  QueueWatch teamQueueWatch(
      Handoff handoff, Jobs jobs, HandoffProperties settings, TeamEvaluationTasks tasks) {
    return new QueueWatch(handoff, jobs, settings, tasks);
  }

  @Bean
  TeamRequests teamRequests(
      WebhookProperties webhooks, TeamEvaluationTasks tasks, TeamEvaluationPage page) {
    return new TeamRequests(new ReceiverAddresses(webhooks), tasks, page);
  }

  @Bean
  DemoSchools teamDemo(
      DemoProperties demo,
      JdbcOperations sql,
      SystemsSchema schema,
      AccountStore accounts,
      TransactionOperations transactions,
      TimeSource clock) {
    DemoSchools schools = new DemoSchools(sql, schema, accounts);
    if (demo.demo()) {
      transactions.executeWithoutResult(_ -> schools.add(clock.instant()));
    }
    return schools;
  }

  @Bean
  RefusalForm teamRefusals() {
    return new TeamRefusals();
  }

  @Bean
  WebMvcConfigurer teamCallLimits(TeamEvaluationPage limits, TimeSource clock) {
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
    };
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> teamBodyLimit(HandoffProperties settings) {
    FilterRegistrationBean<BodyLimitFilter> limit =
        BodyLimits.over(
            "teamBodyLimit", SummaryController.CALLS + "/*", settings, SystemErrors.TOO_LARGE);
    limit.addUrlPatterns(SummaryController.BARE_CALLS + "/*", EvaluationController.CALLS + "/*");
    return limit;
  }
}
