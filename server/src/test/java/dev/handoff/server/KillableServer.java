package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.testing.model.ScriptedModelServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The packaged server in a process of its own that can be killed and started again, on the same
/// port and the same data; on the store that [TestServer] has. Confined to the test's thread.
final class KillableServer implements AutoCloseable {
  private final List<String> launcher;
  private final Class<?> main;
  private final Path folder;
  private final List<String> options;
  private final int port;
  private final Client anybody;
  private @Nullable Process process;

  private KillableServer(List<String> launcher, Class<?> main, Path folder, List<String> options)
      throws IOException {
    this.launcher = launcher;
    this.main = main;
    this.folder = folder;
    this.options = options;
    this.port = freePort();
    this.anybody = new Client(HttpClient.newHttpClient(), "http://127.0.0.1:" + port, List.of());
  }

  /// Over this folder, with these settings.
  static KillableServer over(Path folder, String... settings) throws IOException {
    return of(HandoffServer.class, folder, settings);
  }

  /// The same, begun by this class.
  static KillableServer of(Class<?> main, Path folder, String... settings) throws IOException {
    return new KillableServer(List.of(), main, folder, List.of(settings));
  }

  /// With its files on this disk, as far as they lie in its folder.
  static KillableServer on(SmallDisk disk, Path folder, String... settings) throws IOException {
    return new KillableServer(disk.launcher(), HandoffServer.class, folder, List.of(settings));
  }

  /// The settings of a server that asks this model.
  static String[] asking(ScriptedModelServer model) {
    return new String[] {"handoff.ai.provider=openai", "handoff.ai.base-url=" + model.baseUrl()};
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /// Starts it and waits until it is ready.
  KillableServer start() throws IOException {
    Path packaged = Path.of(System.getProperty("server.folder"));
    List<String> command = new ArrayList<>(launcher);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + packaged.resolve("java.options"),
            "-XX:AOTCache=" + packaged.resolve("handoff.aot"),
            "-Xmx300m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            // What follows what the cache was made with leaves it valid.
            packaged.resolve("handoff-server.jar") + File.pathSeparator + testClasses(),
            main.getName(),
            "--server.port=" + port,
            "--handoff.demo=true",
            "--handoff.shutdown.notice=0s",
            "--handoff.data-dir=" + folder));
    options.forEach(setting -> command.add("--" + setting));
    TestServer.storeOf(folder).forEach(setting -> command.add("--" + setting));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    await().atMost(TestServer.PATIENCE).until(this::isReady);
    return this;
  }

  private static Path testClasses() {
    try {
      return Path.of(
          KillableServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException notAFolder) {
      throw new IllegalStateException(notAFolder);
    }
  }

  private Path log() {
    return folder.resolve("server.log");
  }

  private boolean isReady() throws IOException {
    if (!running().isAlive()) {
      throw new IllegalStateException("the server ended: " + Files.readString(log()));
    }
    try {
      return anybody.get("/actuator/health/readiness").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /// A demo account. Its login outlives the process.
  Client as(String username) {
    HttpAnswer login =
        anybody.post("/api/auth/login/", json("{'username':'%s','password':'handoff'}", username));
    return anybody.bearing(login.text("access"));
  }

  /// Ends it without a word.
  void kill() throws InterruptedException {
    var _ = running().destroyForcibly().waitFor();
  }

  /// Waits until it has ended itself as a kill would.
  void awaitDeath() throws InterruptedException {
    assertThat(running().waitFor()).isEqualTo(137);
  }

  long pid() {
    return running().pid();
  }

  private Process running() {
    return Objects.requireNonNull(process, "it was not started");
  }

  /// Asks it to end, as a signal does, and waits until it has.
  void terminate() {
    running().destroy();
    assertThat(running().onExit().join().exitValue()).isIn(0, 143);
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      terminate();
    }
  }
}
