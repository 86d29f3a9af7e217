package dev.handoff.spring.webhooks;

import dev.handoff.spring.web.BodyTooLargeException;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.wire.WireJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.core.JacksonException;

/// Bodies of these calls.
final class WebhookJson {
  private WebhookJson() {}

  /// What a request sends.
  ///
  /// @throws ProblemException when it is not such a thing
  static <T> T read(ServerRequest request, Class<T> type) throws IOException {
    boolean json =
        request
            .headers()
            .contentType()
            .filter(MediaType.APPLICATION_JSON::isCompatibleWith)
            .isPresent();
    if (!json) {
      throw new ProblemException(Problem.UNSUPPORTED_MEDIA_TYPE);
    }
    @Nullable T value;
    try {
      byte[] body = request.servletRequest().getInputStream().readAllBytes();
      value = WireJson.read(new String(body, StandardCharsets.UTF_8), type);
    } catch (BodyTooLargeException tooLarge) {
      throw new ProblemException(Problem.BODY_TOO_LARGE);
    } catch (JacksonException notIt) {
      throw new ProblemException(Problem.INVALID_REQUEST);
    }
    if (value == null) {
      throw new ProblemException(Problem.INVALID_REQUEST);
    }
    return value;
  }

  static ServerResponse answer(ServerResponse.BodyBuilder answer, Object value) {
    return answer
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(WireJson.write(value).getBytes(StandardCharsets.UTF_8));
  }
}
