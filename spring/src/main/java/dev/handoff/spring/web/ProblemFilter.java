package dev.handoff.spring.web;

import dev.handoff.HandoffException;
import dev.handoff.PayloadTooLargeException;
import dev.handoff.StartPassedException;
import dev.handoff.spring.wire.ViolationView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Turns what a route throws into an answer. An unexpected exception is logged once, and its answer
/// does not describe it.
public final class ProblemFilter implements HandlerFilterFunction<ServerResponse, ServerResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemFilter.class);

  private final Unavailability unavailability;

  public ProblemFilter(Unavailability unavailability) {
    this.unavailability = unavailability;
  }

  @Override
  public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
    try {
      return next.handle(request);
    } catch (ProblemException refused) {
      return ProblemWriter.answer(refused, request);
    } catch (PayloadTooLargeException tooLarge) {
      return ProblemWriter.answer(new ProblemException(Problem.BODY_TOO_LARGE), request);
    } catch (StartPassedException passed) {
      // It was still to come when the body was read.
      List<ViolationView> errors = List.of(new ViolationView("/startBefore", "is a time to come"));
      return ProblemWriter.answer(
          new ProblemException(Problem.INVALID_PAYLOAD, Map.of(), Map.of("errors", errors)),
          request);
    } catch (Exception failure) {
      return ProblemWriter.answer(refusal(failure, request), request);
    }
  }

  private ProblemException refusal(Exception failure, ServerRequest request) {
    if (isOfTooMuch(failure)) {
      return new ProblemException(Problem.BODY_TOO_LARGE, Map.of(HttpHeaders.CONNECTION, "close"));
    }
    Optional<Problem> refused = SecurityRefusals.of(failure);
    if (refused.isPresent()) {
      return new ProblemException(refused.get());
    }
    Optional<Duration> wait = unavailability.retryAfter(failure);
    if (wait.isPresent()) {
      return new ProblemException(Problem.UNAVAILABLE, retryAfter(wait.get()));
    }
    if (CallerFaults.isCause(failure)) {
      LOG.info(
          "a request was not sent to its end method={} path={} why={}",
          request.method(),
          request.path(),
          CallerFaults.words(failure));
      return new ProblemException(Problem.INVALID_REQUEST);
    }
    LOG.error(
        "request failed method={} path={} kind={}",
        request.method(),
        request.path(),
        failure instanceof HandoffException ? "handoff" : "other",
        failure);
    return new ProblemException(Problem.INTERNAL);
  }

  // The reader of the body may have wrapped the cause.
  private static boolean isOfTooMuch(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof BodyTooLargeException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  /// Returns the `Retry-After` header, in whole seconds, at least one.
  public static Map<String, String> retryAfter(Duration wait) {
    return Map.of(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds())));
  }
}
