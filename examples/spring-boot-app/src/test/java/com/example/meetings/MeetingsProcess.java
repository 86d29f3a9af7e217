package com.example.meetings;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The application in a process of its own, at a port that it keeps over restarts.
final class MeetingsProcess implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path folder;
  private final List<String> options;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Process process;

  MeetingsProcess(Path folder, String... options) throws IOException {
    this.folder = folder;
    this.options = List.of(options);
    try (ServerSocket free = new ServerSocket(0)) {
      this.port = free.getLocalPort();
    }
  }

  void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "com.example.meetings.MeetingsApplication",
            "--server.port=" + port));
    options.forEach(option -> command.add("--" + option));
    Path log = folder.resolve("meetings.log");
    Process started =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process = started;
    await().atMost(PATIENCE).until(() -> isReady(started, log));
  }

  private boolean isReady(Process started, Path log) throws Exception {
    if (!started.isAlive()) {
      throw new IllegalStateException("it stopped: " + Files.readString(log));
    }
    try {
      return http.send(request("/actuator/health").build(), BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .timeout(Duration.ofSeconds(30));
  }

  private HttpRequest.Builder as(String user, String path) {
    String login = user + ":secret-" + user.charAt(0);
    return request(path)
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
  }

  /// The answer to a call without a login.
  int statusOfAnybody(String path) throws Exception {
    return http.send(request(path).build(), BodyHandlers.discarding()).statusCode();
  }

  HttpResponse<String> get(String user, String path) throws Exception {
    return http.send(as(user, path).build(), BodyHandlers.ofString());
  }

  JsonNode json(String user, String path) throws Exception {
    return JsonMapper.shared().readTree(get(user, path).body());
  }

  HttpResponse<String> post(String user, String path, String json) throws Exception {
    return http.send(
        as(user, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  /// The lines of a stream, as they come.
  Stream<String> stream(String user, String path) throws Exception {
    return http.send(
            as(user, path).header("Accept", "text/event-stream").build(), BodyHandlers.ofLines())
        .body();
  }

  /// Kills the process with SIGKILL.
  void kill() {
    Process running = process;
    if (running != null) {
      running.toHandle().destroyForcibly();
      await().until(() -> !running.isAlive());
    }
  }

  @Override
  public void close() {
    kill();
  }
}
