package dev.handoff.systems.accounts;

import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.wire.WireJson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.core.JacksonException;

/// The JSON body of a call under `handoff.api.path`.
final class ApiBody {
  private ApiBody() {}

  /// The body as this record, which checks itself.
  ///
  /// @throws ProblemException with this problem when it is not one
  static <T> T read(HttpServletRequest request, Class<T> type, Problem otherwise)
      throws IOException {
    String contentType = request.getContentType();
    if (contentType != null && !contentType.toLowerCase(Locale.ROOT).contains("json")) {
      throw new ProblemException(Problem.UNSUPPORTED_MEDIA_TYPE);
    }
    byte[] bytes = request.getInputStream().readAllBytes();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      T body = WireJson.read(text, type);
      if (body != null) {
        return body;
      }
    } catch (JacksonException | CharacterCodingException notThat) {
      throw new ProblemException(otherwise);
    }
    throw new ProblemException(otherwise);
  }
}
