package dev.handoff.systems.trainingvideos;

import dev.handoff.spring.web.BodyTooLargeException;
import dev.handoff.spring.web.Unavailability;
import dev.handoff.systems.http.RefusedException;
import dev.handoff.systems.http.SystemErrors;
import dev.handoff.systems.trainingvideos.ModuleViews.ErrorView;
import dev.handoff.systems.trainingvideos.ModuleViews.NoSteps;
import dev.handoff.systems.trainingvideos.StepEditor.NoStepsException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.time.Duration;
import java.util.Map;
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
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.HandlerMapping;

/// How these calls say that they did not work: in the field `error` and nowhere else.
@RestControllerAdvice(
    assignableTypes = {
      UploadController.class,
      ModuleController.class,
      StepController.class,
      VideoController.class,
      FeedbackController.class,
      OtherRoutesController.class
    })
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TrainingErrors {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingErrors.class);

  private final Unavailability unavailability;
  private final TrainingLimits limits;

  TrainingErrors(Unavailability unavailability, TrainingLimits limits) {
    this.unavailability = unavailability;
    this.limits = limits;
  }

  @ExceptionHandler
  ResponseEntity<ErrorView> refused(RefusedException refused) {
    return answer(refused.status(), refused.words(), refused.retryAfter());
  }

  @ExceptionHandler
  ResponseEntity<NoSteps> noSteps(NoStepsException missing, HttpServletRequest request) {
    Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    Object id = variables instanceof Map<?, ?> all ? all.get("id") : null;
    return ResponseEntity.status(404).body(NoSteps.of(String.valueOf(id)));
  }

  @ExceptionHandler
  ResponseEntity<ErrorView> tooLarge(BodyTooLargeException tooLarge, HttpServletRequest request) {
    boolean upload = request.getRequestURI().startsWith(UploadController.UPLOAD);
    return answer(413, upload ? limits.tooLarge() : SystemErrors.TOO_LARGE, Optional.empty());
  }

  @ExceptionHandler
  void gone(AsyncRequestNotUsableException gone) {
    // The client hung up; there is nobody to answer.
  }

  @ExceptionHandler
  ResponseEntity<ErrorView> brokenOff(EOFException gone) {
    return answer(400, UploadReader.NO_FILE, Optional.empty());
  }

  @ExceptionHandler
  ResponseEntity<ErrorView> other(Exception defect, HttpServletRequest request) {
    if (defect instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      return answer(known.getStatusCode().value(), "Invalid request", Optional.empty());
    }
    Optional<Duration> wait = unavailability.retryAfter(defect);
    if (wait.isEmpty()) {
      LOG.error("a call of the training videos failed", defect);
    }
    return answer(500, words(request.getRequestURI()), wait);
  }

  private static String words(String path) {
    if (path.startsWith(UploadController.STATUS)) {
      return "Status check failed";
    }
    return path.startsWith(UploadController.UPLOAD) ? "Upload failed" : SystemErrors.OUR_FAULT;
  }

  private static ResponseEntity<ErrorView> answer(
      int status, String words, Optional<Duration> retryAfter) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
    retryAfter.ifPresent(wait ->
        answer.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds()))));
    return answer.body(new ErrorView(words));
  }
}
