package dev.handoff.systems.accounts;

import dev.handoff.systems.http.CodedError;
import dev.handoff.systems.http.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// How the login's calls refuse: with codes, as the clients of the exams expect them. Before the
/// answers that all systems share, which still tell of outages.
@RestControllerAdvice(assignableTypes = AuthController.class)
@Order(0)
final class AuthErrors {
  private final InstantSource clock;

  AuthErrors(InstantSource clock) {
    this.clock = clock;
  }

  @ExceptionHandler
  ResponseEntity<CodedError> refused(RefusedException refused, HttpServletRequest request) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(refused.status());
    refused
        .retryAfter()
        .map(Duration::toSeconds)
        .ifPresent(
            wait -> answer.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait))));
    String code = code(refused.status(), request.getRequestURI());
    return answer.body(CodedError.of(code, refused.words(), clock.instant()));
  }

  private static String code(int status, String path) {
    return switch (status) {
      case 401 ->
          switch (path) {
            case "/api/auth/login" -> "AUTH_INVALID_CREDENTIALS";
            case "/api/auth/refresh" -> "AUTH_TOKEN_INVALID";
            default -> "AUTH_REQUIRED";
          };
      case 403 -> "AUTH_ACCOUNT_DEACTIVATED";
      case 404 -> "NOT_FOUND";
      case 429 -> "RATE_LIMITED";
      default -> "INVALID_INPUT";
    };
  }
}
