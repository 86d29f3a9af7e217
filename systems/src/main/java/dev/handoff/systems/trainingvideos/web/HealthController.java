package dev.handoff.systems.trainingvideos.web;

import dev.handoff.TimeSource;
import dev.handoff.systems.DemoProperties;
import dev.handoff.systems.trainingvideos.web.ModuleViews.Health;
import java.time.Duration;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Says that the server lives, as the clients of training videos know it.
@RestController
final class HealthController {
  private final TimeSource clock;
  private final Instant startedAt;
  private final String environment;

  HealthController(TimeSource clock, DemoProperties demo) {
    this.clock = clock;
    this.startedAt = clock.instant();
    this.environment = demo.demo() ? "development" : "production";
  }

  @GetMapping("/api/health")
  Health health() {
    Instant now = clock.instant();
    return new Health(
        "ok", now.toString(), environment, Duration.between(startedAt, now).toMillis() / 1000.0);
  }
}
