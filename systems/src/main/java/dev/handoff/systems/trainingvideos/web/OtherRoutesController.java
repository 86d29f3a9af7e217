package dev.handoff.systems.trainingvideos.web;

import dev.handoff.TimeSource;
import dev.handoff.systems.DemoProperties;
import dev.handoff.systems.trainingvideos.web.ModuleViews.Health;
import dev.handoff.systems.trainingvideos.web.ModuleViews.NoRoute;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Says that the server lives, and that a call is not there, as the clients of training videos know
/// it.
@RestController
final class OtherRoutesController {
  private final TimeSource clock;
  private final Instant startedAt;
  private final String environment;

  OtherRoutesController(TimeSource clock, DemoProperties demo) {
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

  @RequestMapping({
    "/api/upload/**",
    "/api/modules/**",
    "/api/steps/**",
    "/api/reprocess/**",
    "/api/ai/**",
    "/api/share/**",
    "/api/video-url/**",
    "/api/feedback/**",
    "/api/training/**"
  })
  ResponseEntity<NoRoute> nothing(HttpServletRequest request) {
    return ResponseEntity.status(404)
        .body(new NoRoute("Route not found", request.getRequestURI(), request.getMethod()));
  }
}
