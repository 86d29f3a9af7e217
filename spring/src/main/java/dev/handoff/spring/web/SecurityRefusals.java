package dev.handoff.spring.web;

import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;

/// Recognizes the exceptions by which an application's own checks refuse a caller: those of Spring
/// Security, by their names because it may be missing, and answers with the status 401 or 403.
final class SecurityRefusals {
  private static final String NOT_AUTHENTICATED =
      "org.springframework.security.core.AuthenticationException";
  private static final String DENIED = "org.springframework.security.access.AccessDeniedException";

  private SecurityRefusals() {}

  /// Returns the refusal that this exception stands for, if it is one.
  static Optional<Problem> of(Throwable failure) {
    for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(NOT_AUTHENTICATED)) {
        return Optional.of(Problem.NOT_AUTHENTICATED);
      }
      if (type.getName().equals(DENIED)) {
        return Optional.of(Problem.FORBIDDEN);
      }
    }
    if (!(failure instanceof ErrorResponse answer)) {
      return Optional.empty();
    }
    if (answer.getStatusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
      return Optional.of(Problem.NOT_AUTHENTICATED);
    }
    return answer.getStatusCode().isSameCodeAs(HttpStatus.FORBIDDEN)
        ? Optional.of(Problem.FORBIDDEN)
        : Optional.empty();
  }
}
