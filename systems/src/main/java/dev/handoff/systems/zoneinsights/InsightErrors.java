package dev.handoff.systems.zoneinsights;

import dev.handoff.spring.web.Unavailability;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// How the calls that read insights refuse. Before the answers that all systems share.
@RestControllerAdvice(assignableTypes = InsightController.class)
@Order(0)
final class InsightErrors {
  static final String NO_LOGIN = "User not properly authenticated";

  private final Unavailability unavailability;

  InsightErrors(Unavailability unavailability) {
    this.unavailability = unavailability;
  }

  @ExceptionHandler
  ResponseEntity<InsightViews.RefusedView> any(Exception thrown) {
    Refused refused = Refused.by(thrown, unavailability);
    String words = refused.status() == 401 ? NO_LOGIN : refused.words();
    return refused.with(InsightViews.RefusedView.of(words));
  }
}
