package dev.handoff.langchain4j;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The HTTP client to build LangChain4j's models with, in the place of the library's own:
/// `.httpClientBuilder(InterruptibleHttpClient.builder())`. It keeps `Retry-After`, streams on the
/// thread that asks, so that an interrupt closes the connection at any moment, and bounds answers
/// to 8 MiB. The time for an answer (the model's `timeout`, one minute without) covers the whole
/// answer, streamed or not. Redirects are not followed: the key is sent to the configured host
/// only. Safe for use by many threads. Forms with files are not sent.
public final class InterruptibleHttpClient implements HttpClient {
  private static final int MOST_BYTES = 8 << 20;
  private static final int MOST_ERROR_BYTES = 16 << 10;
  private static final Pattern SECRET_HEADER =
      Pattern.compile("(?i)authorization|.*api-?key|.*token");
  private static final Pattern SCHEME = Pattern.compile("(?i)^(bearer|basic) +");

  private final java.net.http.HttpClient delegate;
  private final Duration timeout;
  private final InstantSource clock;

  private InterruptibleHttpClient(ClientBuilder settings) {
    this.timeout = settings.readTimeout;
    this.clock = settings.clock;
    this.delegate =
        java.net.http.HttpClient.newBuilder()
            .connectTimeout(settings.connectTimeout)
            .followRedirects(Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /// Returns a builder, which models take; they set its times.
  public static HttpClientBuilder builder() {
    return builder(InstantSource.system());
  }

  /// Returns a builder with a clock, against which a `Retry-After` with a date is read.
  public static HttpClientBuilder builder(InstantSource clock) {
    return new ClientBuilder(clock);
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    try (AnswerTime time = AnswerTime.of(timeout)) {
      HttpResponse<InputStream> response = send(request, time);
      try (InputStream body = response.body()) {
        return success(response).body(text(body, MOST_BYTES, time)).build();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Returns when the stream has ended, unlike the library's client.
  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    try (AnswerTime time = AnswerTime.of(timeout)) {
      HttpResponse<InputStream> response = send(request, time);
      try (InputStream body = response.body()) {
        StreamGuard guard = StreamGuard.of(request.url(), listener, time);
        guard.onOpen(success(response).build());
        parser.parse(new BoundedBody(body, MOST_BYTES), guard);
        guard.onClose();
      }
    } catch (IOException e) {
      listener.onError(failed(e));
    } catch (RuntimeException e) {
      listener.onError(e);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request, AnswerTime time) throws IOException {
    HttpResponse<InputStream> response;
    try {
      response = delegate.send(jdkRequest(request), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LangChain4jException(e);
    }
    time.closeWhenOver(response.body());
    if (response.statusCode() / 100 == 2) {
      return response;
    }
    try (InputStream body = response.body()) {
      throw new RefusedCallException(
          response.statusCode(),
          withoutSecrets(text(body, MOST_ERROR_BYTES, time), request.headers()),
          response.headers().firstValue("retry-after").orElse(null),
          clock.instant());
    }
  }

  private static String text(InputStream body, int most, AnswerTime time) throws IOException {
    try {
      byte[] bytes = new BoundedBody(body, most).readAllBytes();
      time.throwIfOver();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw time.explain(e);
    }
  }

  // A provider may repeat the key in its error, which is logged.
  private static String withoutSecrets(String body, Map<String, List<String>> headers) {
    String clean = body;
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (SECRET_HEADER.matcher(header.getKey()).matches()) {
        for (String value : header.getValue()) {
          String secret = SCHEME.matcher(value).replaceFirst("");
          clean = secret.isBlank() ? clean : clean.replace(secret, "***");
        }
      }
    }
    return clean;
  }

  private static LangChain4jException failed(IOException e) {
    return new LangChain4jException(e);
  }

  private java.net.http.HttpRequest jdkRequest(HttpRequest request) {
    URI address = URI.create(request.url());
    @Nullable String body = request.body();
    var builder =
        java.net.http.HttpRequest.newBuilder(address)
            .timeout(timeout)
            .method(
                request.method().name(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    // Local servers often choke on the upgrade header that the JDK adds to plain HTTP.
    if (!"https".equalsIgnoreCase(address.getScheme())) {
      builder.version(Version.HTTP_1_1);
    }
    request.headers().forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
    return builder.build();
  }

  private static SuccessfulHttpResponse.Builder success(HttpResponse<InputStream> response) {
    return SuccessfulHttpResponse.builder()
        .statusCode(response.statusCode())
        .headers(response.headers().map());
  }

  private static final class ClientBuilder implements HttpClientBuilder {
    private final InstantSource clock;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration readTimeout = Duration.ofMinutes(1);

    ClientBuilder(InstantSource clock) {
      this.clock = clock;
    }

    @Override
    public Duration connectTimeout() {
      return connectTimeout;
    }

    @Override
    public HttpClientBuilder connectTimeout(@Nullable Duration timeout) {
      connectTimeout = timeout == null ? connectTimeout : timeout;
      return this;
    }

    @Override
    public Duration readTimeout() {
      return readTimeout;
    }

    @Override
    public HttpClientBuilder readTimeout(@Nullable Duration timeout) {
      readTimeout = timeout == null ? readTimeout : timeout;
      return this;
    }

    @Override
    public HttpClient build() {
      return new InterruptibleHttpClient(this);
    }
  }
}
