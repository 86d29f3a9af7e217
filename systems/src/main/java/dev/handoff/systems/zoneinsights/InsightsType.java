package dev.handoff.systems.zoneinsights;

import dev.handoff.TaskType;

/// The one type of tasks here.
final class InsightsType {
  /// The name that the operators of the system this one replaces know.
  static final String NAME = "neet_app.tasks.generate_zone_insights_task";

  private InsightsType() {}

  static TaskType<InsightsRequest, InsightsResult> with(ZoneInsightsTasks settings) {
    return TaskType.of(NAME, InsightsRequest.class, InsightsResult.class)
        .withPolicy(settings.policy());
  }
}
