package dev.handoff.spring.api;

import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.ServerRequest;

/// What comes after the question mark.
final class Queries {
  private Queries() {}

  /// Refuses a query that is not well encoded. The container takes it apart when it is first asked
  /// for, and then throws what it likes.
  static void requireReadable(ServerRequest request) {
    // Of other methods the container would take the body for a form.
    if (request.method().equals(HttpMethod.GET)) {
      try {
        var _ = request.servletRequest().getParameterMap();
      } catch (RuntimeException notReadable) {
        throw new ProblemException(Problem.INVALID_REQUEST);
      }
    }
  }
}
