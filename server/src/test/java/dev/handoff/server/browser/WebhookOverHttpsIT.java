package dev.handoff.server.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Webhooks as they are meant: over TLS, to a receiver whose certificate is looked at.
final class WebhookOverHttpsIT {
  private static final String PASSWORD = "only-for-this-test";

  @TempDir private Path data;

  /// A message as it came.
  private record Received(Map<String, List<String>> headers, String body) {}

  @Test
  void isDeliveredToWhomTheCertificateNamesAndToNobodyElse() throws Exception {
    Path keys = data.resolve("receiver.p12");
    makeKeys(keys);
    List<Received> received = new CopyOnWriteArrayList<>();
    HttpsServer receiver = receiver(keys, received);
    try (ServerProcess server =
            ServerProcess.start(
                data,
                "-Djavax.net.ssl.trustStore=" + keys,
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "--handoff.webhooks.allow-private-addresses=true");
        Direct asha = Direct.as("asha@demo.test", server)) {
      int port = receiver.getAddress().getPort();

      JsonNode good = create(asha, "https://localhost:" + port + "/hook");
      assertThat(test(asha, good).path("state").asString()).isEqualTo("completed");
      assertThat(received).hasSize(1);
      Received message = received.getFirst();
      assertThatCode(() ->
              new Webhook(good.path("secret").asString())
                  .verify(message.body(), lowerCase(message.headers())))
          .doesNotThrowAnyException();

      // The certificate is for the name and says nothing of the address.
      JsonNode other = create(asha, "https://127.0.0.1:" + port + "/hook");
      JsonNode failed = test(asha, other);
      assertThat(failed.path("state").asString()).isEqualTo("failed");
      assertThat(failed.path("error").path("message").asString(""))
          .isEqualTo("No secure connection to the receiver came about; look at its certificate.");
      assertThat(received).hasSize(1);
    } finally {
      receiver.stop(0);
    }
  }

  private static void makeKeys(Path keys) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "receiver",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(keys.resolveSibling("keytool").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).as(Files.readString(keys.resolveSibling("keytool"))).isZero();
  }

  private static HttpsServer receiver(Path keys, List<Received> received) throws Exception {
    KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer receiver =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setHttpsConfigurator(new HttpsConfigurator(context));
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange;
              InputStream body = exchange.getRequestBody()) {
            received.add(
                new Received(
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(body.readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
          }
        });
    receiver.start();
    return receiver;
  }

  private static JsonNode create(Direct asha, String url) throws Exception {
    return asha.post("/api/v1/webhooks", "{\"url\":\"" + url + "\"}");
  }

  // The delivery of a test message, once something has come of it.
  private static JsonNode test(Direct asha, JsonNode webhook) throws Exception {
    String path = "/api/v1/webhooks/" + webhook.path("id").asString();
    var _ = asha.post(path + "/test", "");
    return await()
        .atMost(ServerProcess.PATIENCE)
        .until(
            () -> asha.get(path + "/deliveries").path("deliveries").path(0),
            delivery -> delivery.hasNonNull("finishedAt"));
  }

  private static Map<String, List<String>> lowerCase(Map<String, List<String>> headers) {
    return headers.entrySet().stream()
        .collect(
            Collectors.toMap(
                header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
  }
}
