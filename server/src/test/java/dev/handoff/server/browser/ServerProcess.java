package dev.handoff.server.browser;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/// The packaged server as `./run` starts it: its own process, a data folder and a port that it
/// keeps over restarts.
final class ServerProcess implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path data;
  private final List<String> options;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Process process;

  private ServerProcess(Path data, List<String> options) throws IOException {
    this.data = data;
    this.options = options;
    try (ServerSocket free = new ServerSocket(0)) {
      this.port = free.getLocalPort();
    }
  }

  /// Options that begin with `-D` are the virtual machine's, the others the server's.
  static ServerProcess start(Path data, String... options) throws IOException {
    ServerProcess server = new ServerProcess(data, Arrays.asList(options));
    server.start();
    return server;
  }

  void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("server.folder"), "start").toString());
    command.addAll(
        List.of(
            "--server.port=" + port,
            "--handoff.demo=true",
            "--handoff.shutdown.notice=0s",
            "--handoff.data-dir=" + data));
    options.stream().filter(option -> !option.startsWith("-D")).forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JDK_JAVA_OPTIONS", javaOptions());
    Process started = builder.start();
    process = started;
    await().atMost(PATIENCE).until(() -> isReady(started));
  }

  private String javaOptions() {
    List<String> java = new ArrayList<>(List.of("-Xmx384m", "-XX:TieredStopAtLevel=1"));
    options.stream().filter(option -> option.startsWith("-D")).forEach(java::add);
    return String.join(" ", java);
  }

  private boolean isReady(Process started) throws Exception {
    if (!started.isAlive()) {
      throw new IllegalStateException("the server stopped: " + Files.readString(log()));
    }
    try {
      HttpRequest request = HttpRequest.newBuilder(url("/actuator/health/readiness")).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  URI url(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  long pid() {
    return java.util.Objects.requireNonNull(process).pid();
  }

  Path log() {
    return data.resolve("server.log");
  }

  /// Kills the process with SIGKILL.
  void kill() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.toHandle().destroyForcibly();
      running.waitFor();
    }
  }

  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      running.destroy();
      try {
        await().atMost(Duration.ofSeconds(30)).until(() -> !running.isAlive());
      } catch (ConditionTimeoutException hangs) {
        throw new IllegalStateException("it does not end; its threads are in " + threads(), hangs);
      } finally {
        running.destroyForcibly();
      }
    }
  }

  // Beside the reports, because the data goes with the test.
  private Path threads() {
    Path dump = Path.of("target", "threads-of-" + pid() + ".txt").toAbsolutePath();
    try {
      new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
              Long.toString(pid()),
              "Thread.dump_to_file",
              dump.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(10, TimeUnit.SECONDS);
    } catch (IOException | InterruptedException untold) {
      // Then there is only the failure itself.
    }
    return dump;
  }
}
