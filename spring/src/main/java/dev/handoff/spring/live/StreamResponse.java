package dev.handoff.spring.live;

import dev.handoff.Subscription;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/// The answer that stays open. Speaks to the servlet container directly instead of through
/// `ServerResponse.sse`, which flushes every event by itself, keeps more memory for an idle stream
/// and dispatches the request once more at its end.
final class StreamResponse implements ServerResponse {
  private final EventStream stream;
  private final Function<HttpServletRequest, Optional<Duration>> left;
  private final Function<EventStream, Subscription> follow;

  /// @param left how long the request's credential is valid, if it expires
  StreamResponse(
      EventStream stream,
      Function<HttpServletRequest, Optional<Duration>> left,
      Function<EventStream, Subscription> follow) {
    this.stream = stream;
    this.left = left;
    this.follow = follow;
  }

  @Override
  public HttpStatusCode statusCode() {
    return HttpStatus.OK;
  }

  @Override
  public HttpHeaders headers() {
    return new HttpHeaders();
  }

  @Override
  public MultiValueMap<String, Cookie> cookies() {
    return new LinkedMultiValueMap<>();
  }

  @Override
  public @Nullable ModelAndView writeTo(
      HttpServletRequest request, HttpServletResponse response, Context context)
      throws IOException {
    try {
      answer(request, response);
      return null;
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    left.apply(request).ifPresent(stream::closeAfter);
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    response.setCharacterEncoding("UTF-8");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache, no-store");
    // Some proxies collect an answer before they pass it on, unless told so.
    response.setHeader("X-Accel-Buffering", "no");
    AsyncContext async = request.startAsync();
    async.setTimeout(0);
    async.addListener(new StreamEnd(stream));
    stream.begin(async, response.getOutputStream(), follow);
  }
}
