package dev.handoff.ai.provider;

import dev.handoff.ai.AiSettings;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.Executors;

/// Calls a provider with the JDK's client: keeps the wait that the provider asks for, bounds the
/// size of the answer and the time of the whole call, and streams on the calling thread, so that an
/// interrupt closes the connection. Redirects are not followed: the key is sent to the configured
/// host only. Safe for use by many threads.
final class ProviderHttpClient implements AutoCloseable {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
  private static final Duration LAST_BYTES = Duration.ofSeconds(1);
  private static final int MOST_BYTES = 8 * 1024 * 1024;
  private static final int MOST_ERROR_BYTES = 16 * 1024;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final HttpClient delegate;
  private final Duration connectTimeout;
  private final Duration timeout;
  private final RetryHints hints;

  ProviderHttpClient(AiSettings settings, InstantSource clock) {
    this.timeout = settings.timeout();
    this.connectTimeout = timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT;
    this.hints = new RetryHints(clock);
    // Local servers often choke on the h2c upgrade header that the JDK adds to plain HTTP.
    boolean tls = settings.baseUrl().startsWith("https:");
    this.delegate =
        HttpClient.newBuilder()
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

  /// Reads what is answered to a request.
  interface BodyReading<T> {
    T read(ResponseBody body) throws IOException;
  }

  /// Sends a request and has its answer read on the calling thread.
  <T> T call(HttpRequest request, BodyReading<T> reading) {
    try (CallDeadline deadline = CallDeadline.in(timeout);
        ResponseBody body = open(request, deadline)) {
      try {
        T read = reading.read(body);
        deadline.throwIfReached();
        return read;
      } catch (ProviderStatusException reported) {
        throw failure(reported.statusCode(), body, reported.body());
      } catch (IOException e) {
        throw new ProviderConnectionException(deadline.explain(e));
      }
    }
  }

  /// What is answered to a request, as text.
  String answer(HttpRequest request) {
    return call(
        request,
        body -> {
          String text = new String(body.stream().readAllBytes(), StandardCharsets.UTF_8);
          ErrorReport.inText(text)
              .ifPresent(error -> {
                throw new ProviderStatusException(error.status(), error.text(), null);
              });
          return text;
        });
  }

  /// Reads what is answered to a request while it comes.
  void read(HttpRequest request, CompletionReader reader) {
    call(
        request,
        body -> {
          // Some servers keep the connection open.
          reader.whenDone(() -> body.deadline().endWithin(LAST_BYTES));
          reader.onPiece(body.deadline()::extend);
          try {
            BodyEvents.read(body.stream(), reader);
          } catch (IOException e) {
            if (!reader.isDone()) {
              throw e;
            }
          }
          return reader;
        });
  }

  private ResponseBody open(HttpRequest request, CallDeadline deadline) {
    try {
      HttpResponse<InputStream> response = delegate.send(request, BodyHandlers.ofInputStream());
      deadline.closeWhenReached(response.body());
      ResponseBody body = new ResponseBody(response, deadline);
      if (response.statusCode() / 100 == 2) {
        return body;
      }
      try (body) {
        int status = response.statusCode();
        throw failure(status, body, body.head());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderConnectionException(e);
    } catch (IOException e) {
      throw new ProviderConnectionException(e);
    }
  }

  private ProviderStatusException failure(int status, ResponseBody body, String text) {
    return new ProviderStatusException(
        status, text, hints.read(status, body.response().headers(), text).orElse(null));
  }

  @Override
  public void close() {
    delegate.shutdownNow();
  }

  /// One response being read under a deadline.
  record ResponseBody(HttpResponse<InputStream> response, CallDeadline deadline)
      implements AutoCloseable {
    /// The body, which fails when it is larger than any answer, without byte-order marks before it.
    InputStream stream() throws IOException {
      PushbackInputStream body =
          new PushbackInputStream(new BoundedInput(response.body(), MOST_BYTES), MARK.length);
      byte[] first = body.readNBytes(MARK.length);
      while (Arrays.equals(first, MARK)) {
        first = body.readNBytes(MARK.length);
      }
      body.unread(first);
      return body;
    }

    SuccessfulHttpResponse.Builder success() {
      return SuccessfulHttpResponse.builder()
          .statusCode(response.statusCode())
          .headers(response.headers().map());
    }

    /// The beginning, which is enough of an error.
    String head() {
      try {
        byte[] bytes = response.body().readNBytes(MOST_ERROR_BYTES);
        deadline.throwIfReached();
        return new String(bytes, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new ProviderConnectionException(deadline.explain(e));
      }
    }

    @Override
    public void close() {
      try {
        response.body().close();
      } catch (IOException ignored) {
        // Everything that was needed is read, or the call has failed already.
      }
    }
  }
}
