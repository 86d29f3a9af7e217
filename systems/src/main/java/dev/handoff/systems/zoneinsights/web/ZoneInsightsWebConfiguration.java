package dev.handoff.systems.zoneinsights.web;

import dev.handoff.TimeSource;
import dev.handoff.ai.AiSettings;
import dev.handoff.systems.kit.SystemDescription;
import dev.handoff.systems.zoneinsights.ZoneInsightsConfiguration;
import dev.handoff.systems.zoneinsights.ai.ZoneInsightsAiConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The zone insights as the server imports them: their calls, and with them all the rest.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ZoneInsightsPage.class)
@Import({
  ZoneInsightsConfiguration.class,
  ZoneInsightsAiConfiguration.class,
  ExamController.class,
  InsightController.class,
  InsightTasks.class
})
public class ZoneInsightsWebConfiguration {
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
            "/tests",
            "/test/{id}",
            "/loading-results",
            "/loading-results/{id}",
            "/dashboard",
            "/results/{id}")
        .refusing(new ZoneRefusalForm(clock));
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
