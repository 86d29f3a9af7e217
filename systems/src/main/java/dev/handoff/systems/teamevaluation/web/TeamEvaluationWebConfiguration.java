package dev.handoff.systems.teamevaluation.web;

import dev.handoff.TimeSource;
import dev.handoff.systems.kit.CallArgument;
import dev.handoff.systems.kit.SystemDescription;
import dev.handoff.systems.teamevaluation.Member;
import dev.handoff.systems.teamevaluation.TeamEvaluationConfiguration;
import dev.handoff.systems.teamevaluation.ai.TeamEvaluationAiConfiguration;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The team evaluation as the server imports it: its calls, and with them all the rest.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TeamEvaluationPage.class)
@Import({
  TeamEvaluationConfiguration.class,
  TeamEvaluationAiConfiguration.class,
  SummaryController.class,
  JobController.class,
  EvaluationController.class,
  ReleaseController.class,
  MessageReceiverController.class,
  CurrentMember.class,
  ClassStreams.class,
  QueueStatus.class,
  TeamRequests.class
})
public class TeamEvaluationWebConfiguration {
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
