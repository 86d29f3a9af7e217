package dev.handoff.systems.zoneinsights.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the pages of the zone insights.
///
/// @param pollEvery interval at which a page polls for the insights; at least 100ms
/// @param leaveAfter how long the loading page waits for the insights before it opens the dashboard
///   without them
/// @param linger how long the loading page stays open once the insights are complete
/// @param autoSubmitAfter how long after the time of a test is over its page submits it
///   automatically
@ConfigurationProperties("handoff.systems.zone-insights")
public record ZoneInsightsPage(
    @DefaultValue("1500ms") Duration pollEvery,
    @DefaultValue("30s") Duration leaveAfter,
    @DefaultValue("1500ms") Duration linger,
    @DefaultValue("10s") Duration autoSubmitAfter) {
  public ZoneInsightsPage {
    if (pollEvery.toMillis() < 100
        || leaveAfter.isNegative()
        || linger.isNegative()
        || autoSubmitAfter.isNegative()) {
      throw new IllegalArgumentException(
          "handoff.systems.zone-insights.poll-every is at least 100ms and no wait is negative");
    }
  }
}
