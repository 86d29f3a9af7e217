package dev.handoff.server;

import dev.handoff.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// A whole server on a free port, over a folder of its own.
final class TestServer implements AutoCloseable {
  /// How long any condition of these tests may take.
  static final Duration PATIENCE = Duration.ofSeconds(60);

  static {
    Awaitility.setDefaultTimeout(PATIENCE);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    Awaitility.setDefaultPollDelay(Duration.ZERO);
  }

  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String baseUrl;
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  private TestServer(ConfigurableApplicationContext context) {
    this.context = context;
    WebServer server =
        Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
    this.baseUrl = "http://127.0.0.1:" + server.getPort();
  }

  /// The one server that most tests share: a scripted provider, short waits, the demo accounts.
  static TestServer shared() {
    return Shared.SERVER;
  }

  /// The shared server's provider.
  static ScriptedModelServer model() {
    return Shared.MODEL;
  }

  /// Made at first use, ended with the process.
  private static final class Shared {
    static final ScriptedModelServer MODEL = ScriptedModelServer.start();
    static final TestServer SERVER =
        start(
            temporaryFolder(),
            "handoff.demo=true",
            "handoff.ai.provider=openai",
            "handoff.ai.base-url=" + MODEL.baseUrl(),
            "handoff.ai.api-key=" + ScriptedModelServer.KEY,
            "handoff.systems.sat-buddy.run-limit=3s",
            "handoff.systems.sat-buddy.retry-wait=300ms",
            "handoff.streams.ping-every=200ms",
            "handoff.streams.write-limit=1s");
  }

  static TestServer start(Path dataDir, String... settings) {
    List<String> options = new ArrayList<>(List.of("--server.port=0"));
    options.add("--handoff.data-dir=" + dataDir);
    Arrays.stream(settings).map(setting -> "--" + setting).forEach(options::add);
    return new TestServer(
        SpringApplication.run(HandoffServer.class, options.toArray(String[]::new)));
  }

  static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("handoff-server-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Somebody who is not logged in.
  Client anybody() {
    return new Client(http, baseUrl, List.of());
  }

  /// A demo account, logged in with a bearer token.
  Client as(String username) {
    return anybody().bearing(tokens.computeIfAbsent(username, this::token));
  }

  private String token(String username) {
    Answer answer =
        anybody()
            .post(
                "/api/auth/login/", "{\"username\":\"" + username + "\",\"password\":\"handoff\"}");
    if (answer.status() != 200) {
      throw new IllegalStateException("login refused: " + answer);
    }
    return answer.text("access");
  }

  String baseUrl() {
    return baseUrl;
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /// Ends it, as a signal would.
  void stop() {
    context.close();
  }

  @Override
  public void close() {
    stop();
  }
}
