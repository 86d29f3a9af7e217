package dev.handoff.spring.webhooks;

import dev.handoff.spring.wire.WireJson;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;

final class WebhookJson {
  private WebhookJson() {}

  /// With this as its body.
  static ServerResponse answer(ServerResponse.BodyBuilder answer, Object value) {
    return answer
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(WireJson.write(value).getBytes(StandardCharsets.UTF_8));
  }
}
