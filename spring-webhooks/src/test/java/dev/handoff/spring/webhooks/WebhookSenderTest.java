package dev.handoff.spring.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.spring.webhooks.WebhookSender.ReceiverAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;

/// The POST of a message, as bytes on the connection, and what is made of the answer's bytes.
final class WebhookSenderTest {
  private final WebhookSender sender =
      new WebhookSender(_ -> new InetAddress[] {InetAddress.getLoopbackAddress()});

  private record SentExchange(String request, CompletableFuture<ReceiverAnswer> answer) {}

  /// Answers one connection with this text, after it has read the request.
  private SentExchange exchange(String answer, String path) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://receiver.test:" + server.getLocalPort() + path);
      CompletableFuture<ReceiverAnswer> answered =
          CompletableFuture.supplyAsync(() -> {
            try {
              return sender.post(url, Map.of("webhook-id", "m1"), "{\"name\":\"Zoë\"}");
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      try (Socket connection = server.accept()) {
        String request = request(connection.getInputStream());
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        connection.shutdownOutput();
        var _ = answered.handle((_, _) -> true).get(10, TimeUnit.SECONDS);
        return new SentExchange(request, answered);
      }
    }
  }

  private static String request(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith("}")) {
      text.append((char) in.read());
    }
    return new String(
        text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  @Test
  void aMessageIsOnePost() throws Exception {
    SentExchange exchange = exchange("HTTP/1.1 204 No Content\r\n\r\n", "/in?a=b%20c");

    assertThat(exchange.request())
        .startsWith("POST /in?a=b%20c HTTP/1.1\r\nHost: receiver.test:")
        .contains("\r\nwebhook-id: m1\r\n", "\r\nContent-Length: 15\r\n")
        .endsWith("\r\n\r\n{\"name\":\"Zoë\"}");
    assertThat(exchange.answer().get().isTaken()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 429 Too Many~Retry-After: 7~~|429|7",
        "HTTP/1.1 100 Continue~~HTTP/1.1 103~Retry-After: 1~~HTTP/1.0 200~~|200|",
        "HTTP/1.1 302 Found~Location: http://127.0.0.1/~~|302|",
        "HTTP/1.1 503 Away~RETRY-AFTER:  Wed, 02 Dec 2026 07:00:00 GMT ~~<html>|503|Wed, 02 Dec 2026 07:00:00 GMT"
      })
  void theHeadOfTheFinalAnswerCounts(String answer, int status, String retryAfter)
      throws Exception {
    ReceiverAnswer read = exchange(answer.replace("~", "\r\n"), "").answer().get();

    assertThat(read.status()).isEqualTo(status);
    assertThat(read.retryAfter().orElse(null)).isEqualTo(retryAfter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: y",
        "HTTP/1.1 999 ?\r\n\r\n"
      })
  void otherAnswersAreNone(String answer) throws Exception {
    assertThat(exchange(answer, "/").answer()).isCompletedExceptionally();
  }

  @Test
  void anEndlessHeadIsCut() throws Exception {
    String endless = "HTTP/1.1 200 OK\r\n" + "x: y\r\n".repeat(4_000);

    assertThat(exchange(endless, "/").answer())
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .withMessageContaining("too large");
  }

  @Test
  void aHeaderWithALineBreakIsRefused() {
    assertThatThrownBy(
            () -> sender.post(URI.create("http://receiver.test/"), Map.of("a", "b\r\nc: d"), "{}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theModuleLeavesTheApplicationsOwnHttpClientAsItIs() {
    assertThat(ClientHttpRequestFactoryBuilder.detect().getClass().getSimpleName())
        .isEqualTo("JdkClientHttpRequestFactoryBuilder");
  }
}
