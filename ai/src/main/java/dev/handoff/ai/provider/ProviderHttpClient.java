package dev.handoff.ai.provider;

import dev.handoff.ai.AiSettings;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;

/// The HTTP client under LangChain4j, over the JDK's client. Unlike the library's own it keeps
/// `Retry-After`, bounds the size of the answer and the time of the whole call, and streams on the
/// calling thread, so that an interrupt closes the connection. Redirects are not followed: the key
/// is sent to the configured host only. Safe for use by many threads.
final class ProviderHttpClient implements HttpClient, AutoCloseable {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 8 * 1024 * 1024;
  private static final int MOST_ERROR_BYTES = 16 * 1024;

  private final java.net.http.HttpClient delegate;
  private final Duration connectTimeout;
  private final Duration timeout;
  private final InstantSource clock;

  ProviderHttpClient(AiSettings settings, InstantSource clock) {
    this.timeout = settings.timeout();
    this.connectTimeout = timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT;
    this.clock = clock;
    // Local servers often choke on the h2c upgrade header that the JDK adds to plain HTTP.
    boolean tls = settings.baseUrl().startsWith("https:");
    this.delegate =
        java.net.http.HttpClient.newBuilder()
            .connectTimeout(connectTimeout)
            .followRedirects(Redirect.NEVER)
            .version(tls ? Version.HTTP_2 : Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  Duration timeout() {
    return timeout;
  }

  /// What is answered to a request that is not LangChain4j's.
  String answer(java.net.http.HttpRequest request) {
    try (CallDeadline deadline = CallDeadline.in(timeout);
        ResponseBody body = open(request, deadline)) {
      return body.text(MOST_BYTES);
    }
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    try (CallDeadline deadline = CallDeadline.in(timeout);
        ResponseBody body = open(toJdkRequest(request), deadline)) {
      return body.success().body(body.text(MOST_BYTES)).build();
    }
  }

  /// Returns when the stream has ended, unlike the library's client.
  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    try (CallDeadline deadline = CallDeadline.in(timeout);
        ResponseBody body = open(toJdkRequest(request), deadline)) {
      StreamCompletion end = new StreamCompletion(listener, deadline);
      end.onOpen(body.success().build());
      parser.parse(new BoundedInput(body.stream(), MOST_BYTES), end);
      end.onClose();
    } catch (RuntimeException e) {
      listener.onError(e);
    }
  }

  private ResponseBody open(java.net.http.HttpRequest request, CallDeadline deadline) {
    try {
      HttpResponse<InputStream> response = delegate.send(request, BodyHandlers.ofInputStream());
      deadline.closeWhenReached(response.body());
      ResponseBody body = new ResponseBody(response, deadline);
      if (response.statusCode() / 100 == 2) {
        return body;
      }
      try (body) {
        throw new ProviderStatusException(
            response.statusCode(),
            body.text(MOST_ERROR_BYTES),
            RetryAfterHeader.read(response.headers(), clock).orElse(null));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderConnectionException(e);
    } catch (IOException e) {
      throw new ProviderConnectionException(e);
    }
  }

  private java.net.http.HttpRequest toJdkRequest(HttpRequest request) {
    var builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .timeout(timeout)
            .method(request.method().name(), BodyPublishers.ofString(request.body()));
    request.headers().forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
    return builder.build();
  }

  @Override
  public void close() {
    delegate.shutdownNow();
  }

  /// One response being read under a deadline.
  private record ResponseBody(HttpResponse<InputStream> response, CallDeadline deadline)
      implements AutoCloseable {
    SuccessfulHttpResponse.Builder success() {
      return SuccessfulHttpResponse.builder()
          .statusCode(response.statusCode())
          .headers(response.headers().map());
    }

    InputStream stream() {
      return response.body();
    }

    String text(int mostBytes) {
      try {
        byte[] bytes = new BoundedInput(stream(), mostBytes).readAllBytes();
        deadline.throwIfReached();
        return new String(bytes, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new ProviderConnectionException(deadline.explain(e));
      }
    }

    @Override
    public void close() {
      try {
        stream().close();
      } catch (IOException ignored) {
        // Everything that was needed is read, or the call has failed already.
      }
    }
  }
}
