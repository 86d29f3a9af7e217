package dev.handoff.systems.teamevaluation;

import dev.handoff.PayloadTooLargeException;
import dev.handoff.spring.web.BodyTooLargeException;
import dev.handoff.spring.web.Unavailability;
import dev.handoff.systems.http.JsonBody;
import dev.handoff.systems.http.RefusedException;
import dev.handoff.systems.http.SystemErrors;
import dev.handoff.systems.teamevaluation.SummaryViews.RefusedView;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// How these calls say that they did not work: in the field `detail`, unlike the other systems.
@RestControllerAdvice(
    assignableTypes = {SummaryController.class, JobController.class, EvaluationController.class})
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TeamErrors {
  private static final String BUSY = "The server is busy. Please try again shortly.";
  private static final Logger LOG = LoggerFactory.getLogger(TeamErrors.class);

  private final Unavailability unavailability;

  TeamErrors(Unavailability unavailability) {
    this.unavailability = unavailability;
  }

  @ExceptionHandler
  ResponseEntity<RefusedView> refused(RefusedException refused) {
    // What cannot be read is of the wrong form, as a wrong id is.
    int status = refused.words().equals(JsonBody.INVALID) ? 422 : refused.status();
    return answer(status, refused.words(), refused.retryAfter());
  }

  @ExceptionHandler({PayloadTooLargeException.class, BodyTooLargeException.class})
  ResponseEntity<RefusedView> tooLarge() {
    return answer(413, SystemErrors.TOO_LARGE, Optional.empty());
  }

  @ExceptionHandler
  ResponseEntity<RefusedView> other(Exception defect) {
    if (defect instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      return answer(known.getStatusCode().value(), "Invalid request", Optional.empty());
    }
    Optional<Duration> wait = unavailability.retryAfter(defect);
    if (wait.isPresent()) {
      return answer(503, BUSY, wait);
    }
    LOG.error("a call of the team evaluation failed", defect);
    return answer(500, SystemErrors.OUR_FAULT, Optional.empty());
  }

  private static ResponseEntity<RefusedView> answer(
      int status, String words, Optional<Duration> retryAfter) {
    // Said, because who asks for a stream accepts nothing else and is refused in JSON all the same.
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
    retryAfter.ifPresent(wait ->
        answer.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds()))));
    return answer.body(new RefusedView(words));
  }
}
