package dev.handoff.systems.promptgeneration;

import dev.handoff.TaskContext;
import dev.handoff.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// How long an attempt spent in each step, in milliseconds. Used by the attempt's thread only.
final class StepTimes {
  static final String TOTAL = "total";

  static final String QUEUED = "queued";

  private final TimeSource clock;
  private final Instant requestedAt;
  private final Instant begun;
  private final Map<Milestone, Duration> spent = new EnumMap<>(Milestone.class);
  private Milestone at = Milestone.INITIALIZE;
  private Instant since;

  StepTimes(TimeSource clock, Instant requestedAt) {
    this.clock = clock;
    this.requestedAt = requestedAt;
    this.begun = clock.instant();
    this.since = begun;
  }

  void reach(Milestone next, TaskContext context) {
    end();
    at = next;
    next.reach(context);
  }

  private void end() {
    Instant now = clock.instant();
    spent.merge(at, Duration.between(since, now), Duration::plus);
    since = now;
  }

  Duration of(Milestone step) {
    return spent.getOrDefault(step, Duration.ZERO);
  }

  /// All of them as JSON, the step that still runs up to now.
  String asMetadata(boolean reused) {
    end();
    Map<String, Long> steps = new LinkedHashMap<>();
    steps.put(QUEUED, Duration.between(requestedAt, begun).toMillis());
    spent.forEach((step, time) -> steps.put(step.step(), time.toMillis()));
    steps.put(TOTAL, Duration.between(requestedAt, since).toMillis());
    return JsonMapper.shared().writeValueAsString(Map.of("steps", steps, "reused", reused));
  }
}
