package dev.handoff.systems.kit;

import dev.handoff.PayloadTooLargeException;
import dev.handoff.spring.web.BodyTooLargeException;
import dev.handoff.spring.web.CallerFaults;
import dev.handoff.spring.web.Unavailability;
import dev.handoff.spring.wire.WireJson;
import dev.handoff.systems.kit.Refusal.Why;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.HandlerMapping;

/// The one place where a refused or failed request gets its answer: what a call throws becomes a
/// [Refusal], and the [RefusalForm] of the call's system makes a status and JSON of it. A defect is
/// logged here, once, and the person reads a sentence that says nothing of the inside.
@RestControllerAdvice("dev.handoff.systems")
public final class RefusalAnswers {
  /// What a person reads when the server is at fault.
  public static final String OUR_FAULT = "Something went wrong on the server. Please try again.";

  /// What a person reads when the request is larger than allowed.
  public static final String TOO_LARGE = "The request is too large.";

  private static final Logger LOG = LoggerFactory.getLogger(RefusalAnswers.class);

  private final Systems systems;
  private final Unavailability unavailability;

  RefusalAnswers(Systems systems, Unavailability unavailability) {
    this.systems = systems;
    this.unavailability = unavailability;
  }

  /// Answers a request that was refused before it reached its call.
  public void write(Refusal refusal, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    RefusalForm.Answer answer = systems.answer(refusal, request.getRequestURI());
    byte[] json = WireJson.write(answer.body()).getBytes(StandardCharsets.UTF_8);
    refusal.retryAfter().ifPresent(_ -> response.setHeader(HttpHeaders.RETRY_AFTER, wait(refusal)));
    response.setStatus(answer.status());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
  }

  @ExceptionHandler
  void gone(AsyncRequestNotUsableException gone) {
    // The client hung up; there is nobody to answer.
  }

  @ExceptionHandler
  ResponseEntity<Object> any(Exception thrown, HttpServletRequest request) {
    String call =
        String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    Refusal refusal = refusal(thrown, call);
    RefusalForm.Answer answer = systems.answer(refusal, call);
    // Named, because who asks for a stream accepts nothing else and is refused in JSON all the
    // same.
    ResponseEntity.BodyBuilder response =
        ResponseEntity.status(answer.status()).contentType(MediaType.APPLICATION_JSON);
    refusal.retryAfter().ifPresent(_ -> response.header(HttpHeaders.RETRY_AFTER, wait(refusal)));
    return response.body(answer.body());
  }

  private Refusal refusal(Exception thrown, String call) {
    return switch (thrown) {
      case RefusedException refused -> refused.refusal();
      case PayloadTooLargeException _, BodyTooLargeException _, MaxUploadSizeExceededException _ ->
          Refusal.of(Why.TOO_LARGE, 413, TOO_LARGE);
      case MultipartException _ -> Refusal.of(Why.UNREADABLE, 400, JsonBody.INVALID);
      case ErrorResponse known when known.getStatusCode().is4xxClientError() ->
          Refusal.of(Why.INVALID, known.getStatusCode().value(), "Invalid request");
      default ->
          unavailability
              .retryAfter(thrown)
              .map(wait -> Refusal.busy(Why.UNAVAILABLE, wait))
              .orElseGet(() -> unreadableOrDefect(thrown, call));
    };
  }

  private Refusal unreadableOrDefect(Exception thrown, String call) {
    if (CallerFaults.isCause(thrown)) {
      LOG.info(
          "a request was not sent to its end call={} why={}", call, CallerFaults.words(thrown));
      return Refusal.of(Why.UNREADABLE, 400, JsonBody.INVALID);
    }
    return defect(thrown, call);
  }

  private Refusal defect(Exception thrown, String call) {
    String system = systems.of(call).map(SystemDescription::name).orElse("none");
    LOG.error("a call failed system={} call={}", system, call, thrown);
    return Refusal.of(Why.DEFECT, 500, OUR_FAULT);
  }

  private static String wait(Refusal refusal) {
    return Long.toString(
        refusal.retryAfter().map(time -> Math.max(1, time.toSeconds())).orElse(1L));
  }
}
