package dev.handoff.systems.http;

import dev.handoff.PayloadTooLargeException;
import dev.handoff.spring.web.BodyTooLargeException;
import dev.handoff.spring.web.Unavailability;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/// The one place where what a system's call throws becomes an answer. What nobody foresaw is logged
/// here, once, and the person reads a sentence that says nothing of the inside.
@RestControllerAdvice("dev.handoff.systems")
public final class SystemErrors {
  /// What a person reads when the server is at fault.
  public static final String OUR_FAULT = "Something went wrong on the server. Please try again.";

  /// What a person reads when the request is larger than allowed.
  public static final String TOO_LARGE = "The request is too large.";

  /// What a person reads when the database is away.
  private static final String BUSY = "The server is busy. Please try again shortly.";

  private static final Logger LOG = LoggerFactory.getLogger(SystemErrors.class);

  private final Unavailability unavailability;

  SystemErrors(Unavailability unavailability) {
    this.unavailability = unavailability;
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> refused(RefusedException refused) {
    return answer(refused.status(), refused.words(), refused.retryAfter());
  }

  @ExceptionHandler({PayloadTooLargeException.class, BodyTooLargeException.class})
  ResponseEntity<ErrorBody> tooLarge() {
    return answer(413, TOO_LARGE, Optional.empty());
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> uploadTooLarge(MaxUploadSizeExceededException tooLarge) {
    return answer(413, TOO_LARGE, Optional.empty());
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> badUpload(MultipartException broken) {
    return answer(400, "Invalid request format", Optional.empty());
  }

  @ExceptionHandler
  void gone(AsyncRequestNotUsableException gone) {
    // The client hung up; there is nobody to answer.
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> other(Exception defect) {
    if (defect instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      return answer(known.getStatusCode().value(), "Invalid request", Optional.empty());
    }
    Optional<Duration> wait = unavailability.retryAfter(defect);
    if (wait.isPresent()) {
      return answer(503, BUSY, wait);
    }
    LOG.error("a system's call failed", defect);
    return answer(500, OUR_FAULT, Optional.empty());
  }

  private static ResponseEntity<ErrorBody> answer(
      int status, String words, Optional<Duration> retryAfter) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(HttpStatusCode.valueOf(status));
    retryAfter.ifPresent(wait ->
        answer.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds()))));
    return answer.body(ErrorBody.of(words));
  }
}
