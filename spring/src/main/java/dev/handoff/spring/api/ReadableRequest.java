package dev.handoff.spring.api;

import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/// What every request to the API has to be, whatever the call: no form, and an address that can be
/// decoded.
final class ReadableRequest {
  // The container would mix a form's fields with the parameters of the address.
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*(multipart/|application/x-www-form-urlencoded)", Pattern.CASE_INSENSITIVE);

  private ReadableRequest() {}

  /// Lets it pass.
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
      // Decoded when first asked for; each container has an exception of its own for what it
      // cannot decode, which later would look like a defect of ours.
      var _ = request.getParameterMap();
    } catch (RuntimeException cannotBeDecoded) {
      throw new ProblemException(Problem.INVALID_REQUEST);
    }
  }
}
