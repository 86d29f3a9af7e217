package dev.handoff.systems.zoneinsights;

import dev.handoff.spring.web.Unavailability;
import dev.handoff.systems.http.CodedError;
import java.time.InstantSource;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// How the calls of a test refuse. Before the answers that all systems share.
@RestControllerAdvice(assignableTypes = ExamController.class)
@Order(0)
final class ExamErrors {
  private final Unavailability unavailability;
  private final InstantSource clock;

  ExamErrors(Unavailability unavailability, InstantSource clock) {
    this.unavailability = unavailability;
    this.clock = clock;
  }

  @ExceptionHandler
  ResponseEntity<CodedError> any(Exception thrown) {
    Refused refused = Refused.by(thrown, unavailability);
    return refused.with(
        CodedError.of(refused.code(), refused.words(), clock.instant(), refused.details()));
  }
}
