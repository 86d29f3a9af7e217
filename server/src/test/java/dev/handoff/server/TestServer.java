package dev.handoff.server;

import static dev.handoff.server.JsonText.json;

import dev.handoff.TimeSource;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.TestDatabase;
import dev.handoff.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/// A whole server on a free port, over a folder of its own. With `-Dtest.store=postgresql` each
/// folder has a PostgreSQL database beside it, where the embedded store would be.
final class TestServer implements AutoCloseable {
  /// How long any condition of these tests may take.
  static final Duration PATIENCE = Duration.ofSeconds(60);

  static {
    Awaitility.setDefaultTimeout(PATIENCE);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    Awaitility.setDefaultPollDelay(Duration.ZERO);
  }

  /// Whether the servers of this process keep their tasks on PostgreSQL.
  static final boolean ON_POSTGRES = "postgresql".equals(System.getProperty("test.store"));

  private static final ThreadLocal<@Nullable TestClock> CLOCK = new ThreadLocal<>();
  private static final Map<Path, TestDatabase> DATABASES = new ConcurrentHashMap<>();
  private static volatile @Nullable TestServer sharedServer;

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
    return SharedServers.SERVER;
  }

  /// The same, unless no test has used it yet.
  static @Nullable TestServer sharedIfStarted() {
    return sharedServer;
  }

  static ScriptedModelServer model() {
    return SharedServers.MODEL;
  }

  /// Made at first use, ended with the process.
  private static final class SharedServers {
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

    static {
      sharedServer = SERVER;
    }
  }

  static TestServer start(Path dataDir, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(storeOf(dataDir));
    return run(dataDir, all);
  }

  /// The settings of the store that belongs to this folder.
  static List<String> storeOf(Path dataDir) {
    return ON_POSTGRES
        ? settings(DATABASES.computeIfAbsent(dataDir, _ -> PostgresServer.shared().newDatabase()))
        : List.of();
  }

  private static List<String> settings(TestDatabase database) {
    return List.of(
        "handoff.store.url=" + database.url(),
        "handoff.store.username=" + database.username(),
        "handoff.store.password=" + database.password(),
        "handoff.store.connections=10");
  }

  /// With its tasks in this database.
  static TestServer start(Path dataDir, TestDatabase database, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(settings(database));
    return run(dataDir, all);
  }

  /// With this clock, on the embedded store or PostgreSQL.
  static TestServer startAt(TestClock clock, Path dataDir, String... settings) {
    CLOCK.set(clock);
    try {
      return start(dataDir, settings);
    } finally {
      CLOCK.remove();
    }
  }

  private static TestServer run(Path dataDir, List<String> settings) {
    List<String> options = new ArrayList<>(List.of("--server.port=0"));
    options.add("--handoff.data-dir=" + dataDir);
    settings.forEach(setting -> options.add("--" + setting));
    SpringApplication application = new SpringApplication(HandoffServer.class);
    application.setDefaultProperties(Map.of("handoff.shutdown.notice", "0s"));
    application.addInitializers(
        context -> context.getBeanFactory().addBeanPostProcessor(new QuickPasswords()));
    TestClock clock = CLOCK.get();
    if (clock != null) {
      application.addInitializers(context ->
          ((GenericApplicationContext) context)
              .registerBean("testClock", TimeSource.class, () -> clock));
    }
    return new TestServer(application.run(options.toArray(String[]::new)));
  }

  /// Hashes passwords with the fewest rounds, since each start and each login hashes, and knows the
  /// hashes of the server's form as older ones.
  private static final class QuickPasswords implements BeanPostProcessor {
    private static final PasswordEncoder ENCODER =
        new DelegatingPasswordEncoder(
            "bcrypt",
            Map.of(
                "bcrypt",
                new BCryptPasswordEncoder(4),
                "argon2",
                Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8()));

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      return bean instanceof PasswordEncoder ? ENCODER : bean;
    }
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
    HttpAnswer answer =
        anybody()
            .post("/api/auth/login/", json("{'username':'%s','password':'handoff'}", username));
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

  /// Where there are several of a type.
  <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  /// What its access tokens are signed with.
  byte[] signingKey() {
    if (ON_POSTGRES) {
      String hex =
          bean(JdbcClient.class)
              .sql("select secret from access_token_key")
              .query(String.class)
              .single();
      return HexFormat.of().parseHex(hex);
    }
    Path folder = bean(HandoffProperties.class).dataDir();
    try {
      return Files.readAllBytes(folder.resolve("access-token.key"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
