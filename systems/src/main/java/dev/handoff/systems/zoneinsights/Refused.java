package dev.handoff.systems.zoneinsights;

import dev.handoff.PayloadTooLargeException;
import dev.handoff.spring.web.BodyTooLargeException;
import dev.handoff.spring.web.Unavailability;
import dev.handoff.systems.http.RefusedException;
import dev.handoff.systems.http.SystemErrors;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;

/// Why a call of this system is refused, whatever the form it is told in.
record Refused(
    int status,
    String code,
    String words,
    Map<String, Object> details,
    Optional<Duration> retryAfter) {
  static final String NO_LOGIN = "Authentication credentials were not provided";
  static final String BAD_LOGIN = "Authentication failed";

  private static final String OUR_FAULT = "Internal server error";
  private static final String BUSY = "The server is busy. Please try again shortly.";
  private static final Logger LOG = LoggerFactory.getLogger(Refused.class);

  /// With the code that this status has here.
  static Refused of(int status, String words) {
    return new Refused(status, code(status), words, Map.of(), Optional.empty());
  }

  /// What this exception means. What nobody foresaw is logged, once.
  static Refused by(Exception thrown, Unavailability unavailability) {
    return switch (thrown) {
      case ExamRefusedException refused ->
          new Refused(
              refused.status(),
              refused.code(),
              refused.words(),
              refused.details(),
              Optional.empty());
      case RefusedException refused ->
          of(refused.status(), refused.status() == 401 ? NO_LOGIN : refused.words());
      case PayloadTooLargeException _, BodyTooLargeException _ -> of(413, SystemErrors.TOO_LARGE);
      case ErrorResponse known when known.getStatusCode().is4xxClientError() ->
          of(known.getStatusCode().value(), "Invalid request");
      default -> defect(thrown, unavailability.retryAfter(thrown));
    };
  }

  private static Refused defect(Exception thrown, Optional<Duration> retryAfter) {
    if (retryAfter.isPresent()) {
      return new Refused(503, code(503), BUSY, Map.of(), retryAfter);
    }
    LOG.error("a call of the zone insights failed", thrown);
    return of(500, OUR_FAULT);
  }

  private static String code(int status) {
    return switch (status) {
      case 401 -> "AUTH_REQUIRED";
      case 404 -> "NOT_FOUND";
      case 429 -> "RATE_LIMITED";
      default -> status < 500 ? "INVALID_INPUT" : "SERVER_ERROR";
    };
  }

  /// The answer with this body.
  <T> ResponseEntity<T> with(T body) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
    retryAfter.ifPresent(asked ->
        answer.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, asked.toSeconds()))));
    return answer.body(body);
  }
}
