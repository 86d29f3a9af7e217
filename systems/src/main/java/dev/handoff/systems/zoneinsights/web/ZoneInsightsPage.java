package dev.handoff.systems.zoneinsights.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What the pages are told to do.
///
/// @param pollEvery how often a page asks whether the insights are there
/// @param leaveAfter when the loading page goes on to the dashboard without them
/// @param linger how long the loading page stays when they are there
/// @param autoSubmitAfter how long after the time is over a test is submitted by itself
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
