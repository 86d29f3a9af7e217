package dev.handoff.spring.web;

import dev.handoff.HandoffException;
import dev.handoff.PayloadTooLargeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The one place where what a route throws becomes an answer. What nobody foresaw is logged here,
/// once, and answered without a word about its inside.
public final class ProblemFilter implements HandlerFilterFunction<ServerResponse, ServerResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemFilter.class);

  private final Unavailability unavailability;

  /// Over what this says about failures that pass.
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
    } catch (Exception failure) {
      return ProblemWriter.answer(refusal(failure, request), request);
    }
  }

  private ProblemException refusal(Exception failure, ServerRequest request) {
    if (isOfTooMuch(failure)) {
      return new ProblemException(Problem.BODY_TOO_LARGE, Map.of(HttpHeaders.CONNECTION, "close"));
    }
    Optional<Duration> wait = unavailability.retryAfter(failure);
    if (wait.isPresent()) {
      return new ProblemException(Problem.UNAVAILABLE, retryAfter(wait.get()));
    }
    LOG.error(
        "request failed method={} path={} kind={}",
        request.method(),
        request.path(),
        failure instanceof HandoffException ? "handoff" : "other",
        failure);
    return new ProblemException(Problem.INTERNAL);
  }

  // Whoever reads the body may have wrapped what went wrong with it.
  private static boolean isOfTooMuch(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof BodyTooLargeException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  /// The header that says when to come back, in whole seconds, at least one.
  public static Map<String, String> retryAfter(Duration wait) {
    return Map.of(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds())));
  }
}
