package dev.handoff.spring.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/// Posts messages to untrusted receivers: on a new connection each time, to an address that the
/// resolver permits, without following redirects, and reading only the head of an answer and a
/// little of its body. Safe for use by many threads.
public final class WebhookSender implements AutoCloseable {
  /// The longest duration of one attempt.
  static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int ANSWER_LIMIT = 1_024;
  private static final int CONNECTIONS = 1_000;

  private final CloseableHttpClient http;

  /// Connects to addresses that this resolver returns.
  WebhookSender(DnsResolver names) {
    ConnectionConfig connection =
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(CONNECT_TIMEOUT))
            .setSocketTimeout(Timeout.of(CALL_TIMEOUT))
            .build();
    RequestConfig request =
        RequestConfig.custom()
            .setResponseTimeout(Timeout.of(CALL_TIMEOUT))
            .setConnectionRequestTimeout(Timeout.of(CONNECT_TIMEOUT))
            .build();
    this.http =
        HttpClientBuilder.create()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(names)
                    .setDefaultConnectionConfig(connection)
                    .setMaxConnTotal(CONNECTIONS)
                    .setMaxConnPerRoute(CONNECTIONS)
                    .build())
            .setDefaultRequestConfig(request)
            // A connection is not reused, so each delivery checks the address again.
            .setConnectionReuseStrategy((sent, response, context) -> false)
            .setUserAgent("Handoff-Webhooks")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
  }

  /// A receiver's answer: its status, and its `Retry-After` if there is one.
  public record ReceiverAnswer(int status, Optional<String> retryAfter) {
    /// Returns whether the receiver accepted the message.
    public boolean isTaken() {
      return status >= 200 && status < 300;
    }
  }

  /// Posts a message. An interrupt cancels it.
  ///
  /// @throws IOException when no answer came
  public ReceiverAnswer post(URI url, Map<String, String> headers, String json) throws IOException {
    HttpPost post = new HttpPost(url);
    headers.forEach(post::setHeader);
    post.setEntity(
        new StringEntity(json, ContentType.APPLICATION_JSON.withCharset(StandardCharsets.UTF_8)));
    try (ClassicHttpResponse response = http.executeOpen(null, post, null)) {
      Header wait = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
      ReceiverAnswer answer =
          new ReceiverAnswer(
              response.getCode(), Optional.ofNullable(wait == null ? null : wait.getValue()));
      readALittle(response.getEntity());
      // Closing the answer would read it to its end.
      post.cancel();
      return answer;
    }
  }

  private static void readALittle(HttpEntity entity) {
    if (entity == null) {
      return;
    }
    try {
      InputStream body = entity.getContent();
      var ignored = body.readNBytes(ANSWER_LIMIT);
    } catch (IOException hungUp) {
      // The head is enough.
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
