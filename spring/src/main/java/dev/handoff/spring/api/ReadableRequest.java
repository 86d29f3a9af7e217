package dev.handoff.spring.api;

import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/// Checks that a request to the API is not a form and has a URL that can be decoded.
final class ReadableRequest {
  // The container would mix a form's fields with the parameters of the address.
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*(multipart/|application/x-www-form-urlencoded)", Pattern.CASE_INSENSITIVE);

  private ReadableRequest() {}

  /// Checks the request.
  ///
  /// @throws ProblemException when it is not readable
  static void require(HttpServletRequest request) {
    String type = request.getContentType();
    if (type != null && FORM.matcher(type).lookingAt()) {
      throw new ProblemException(Problem.UNSUPPORTED_MEDIA_TYPE);
    }
    if (request.getQueryString() == null) {
      return;
    }
    try {
      // Containers decode on first access, each with an exception of its own, which later would
      // look like a defect of this server.
      var ignored = request.getParameterMap();
    } catch (RuntimeException cannotBeDecoded) {
      throw new ProblemException(Problem.INVALID_REQUEST);
    }
  }
}
