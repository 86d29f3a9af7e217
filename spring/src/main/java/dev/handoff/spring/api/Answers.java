package dev.handoff.spring.api;

import dev.handoff.spring.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;

/// JSON answers, which no cache may store.
public final class Answers {
  private Answers() {}

  public static ServerResponse ok(Object body) {
    return of(200, body, Map.of());
  }

  public static ServerResponse of(int status, Object body, Map<String, String> headers) {
    return ServerResponse.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .headers(all -> headers.forEach(all::set))
        .body(WireJson.write(body).getBytes(StandardCharsets.UTF_8));
  }
}
