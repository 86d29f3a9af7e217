package dev.handoff.systems.promptgeneration;

import dev.handoff.spring.web.Unavailability;
import dev.handoff.systems.http.JsonBody;
import dev.handoff.systems.http.RefusedException;
import dev.handoff.systems.promptgeneration.PromptViews.Refusal;
import dev.handoff.systems.promptgeneration.PromptViews.Status;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// How these calls say that they did not work: in the field `message`, unlike the other systems,
/// and with 500 whatever the server's reason.
@RestControllerAdvice(assignableTypes = PromptController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PromptErrors {
  private static final Logger LOG = LoggerFactory.getLogger(PromptErrors.class);

  private final Unavailability unavailability;

  PromptErrors(Unavailability unavailability) {
    this.unavailability = unavailability;
  }

  @ExceptionHandler
  ResponseEntity<?> refused(RefusedException refused) {
    // A body that cannot be read has no notes in it.
    String words =
        refused.words().equals(JsonBody.INVALID) ? PromptRequests.REQUIRED : refused.words();
    return ResponseEntity.status(refused.status()).body(Refusal.of(words));
  }

  @ExceptionHandler
  ResponseEntity<?> other(Exception defect, HttpServletRequest request) {
    if (defect instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      return ResponseEntity.status(known.getStatusCode()).body(Refusal.of("Invalid request"));
    }
    Optional<Duration> wait = unavailability.retryAfter(defect);
    if (wait.isEmpty()) {
      LOG.error("a call of prompt generation failed", defect);
    }
    ResponseEntity.BodyBuilder answer = ResponseEntity.internalServerError();
    wait.ifPresent(time ->
        answer.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, time.toSeconds()))));
    return answer.body(words(request));
  }

  private static Record words(HttpServletRequest request) {
    String call = request.getRequestURI().substring(PromptController.CALLS.length());
    if (call.startsWith("/generate-prompt-async/status/")) {
      return Status.broken();
    }
    return Refusal.of(
        call.startsWith("/generate-prompt-async")
            ? "Failed to start prompt generation"
            : PromptController.NOT_MADE);
  }
}
