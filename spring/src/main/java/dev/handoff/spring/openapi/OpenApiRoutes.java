package dev.handoff.spring.openapi;

import dev.handoff.spring.api.ApiRoutes;
import dev.handoff.spring.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/// Serves the document at `openapi.json`. It contains no caller's data; the application decides who
/// may read it. Safe for use by many threads.
public final class OpenApiRoutes {
  private static final CacheControl CACHE_ONE_MINUTE =
      CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic();

  private OpenApiRoutes() {}

  /// Returns the route below this path; the document is made at the first request.
  public static RouterFunction<ServerResponse> under(String apiPath, ApiRoutes api) {
    Supplier<byte[]> document =
        SingletonSupplier.of(() ->
            WireJson.write(OpenApiDocument.of(api.endpoints(), apiPath))
                .getBytes(StandardCharsets.UTF_8));
    return RouterFunctions.route()
        .GET(
            apiPath + "/openapi.json",
            ignored ->
                ServerResponse.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .cacheControl(CACHE_ONE_MINUTE)
                    .body(document.get()))
        .build();
  }
}
