package dev.handoff.benchmarks;

import dev.handoff.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The packaged server in a process of its own, with a heap of 512 MB, asking a model that we play.
public final class LocalServer implements AutoCloseable {
  private final Path folder;
  private final Process process;
  private final int port;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private LocalServer(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /// Starts it with the model at this address and these further options.
  public static LocalServer start(Path project, String model, String... options) throws Exception {
    Path folder = Files.createTempDirectory("handoff-bench");
    Path log = folder.resolve("server.log");
    List<String> command = new ArrayList<>();
    command.add(project.resolve("server/target/handoff/start").toString());
    command.addAll(
        List.of(
            "--server.port=0",
            "--handoff.demo=true",
            "--handoff.data-dir=" + folder,
            "--handoff.ai.provider=openai",
            "--handoff.ai.base-url=" + model,
            "--handoff.ai.api-key=" + ScriptedModelServer.KEY));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // The heap of a small machine.
    builder.environment().put("JDK_JAVA_OPTIONS", "-Xms512m -Xmx512m");
    Process process = builder.start();
    return new LocalServer(folder, process, awaitPort(log, process));
  }

  /// Where it listens on 127.0.0.1.
  public int port() {
    return port;
  }

  /// The file of its embedded store.
  Path database() {
    return folder.resolve("handoff.db");
  }

  /// The access token of a demo account.
  public String login(String username) throws Exception {
    String body =
        post(
            "/api/auth/login/", "", "{\"username\":\"" + username + "\",\"password\":\"handoff\"}");
    return field(body, "access");
  }

  /// The id of the task that answers this message.
  String ask(String token, String message) throws Exception {
    String body = post("/ai/chat/message/", token, "{\"message\":\"" + message + "\"}");
    return field(body, "task_id");
  }

  private static int awaitPort(Path log, Process server) throws Exception {
    Pattern started = Pattern.compile("started on port (\\d+)");
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (System.nanoTime() < deadline && server.isAlive()) {
      Matcher found = started.matcher(Files.exists(log) ? Files.readString(log) : "");
      if (found.find()) {
        return Integer.parseInt(found.group(1));
      }
      if (server.waitFor(100, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    throw new IllegalStateException("the server did not start: " + Files.readString(log));
  }

  private String post(String path, String token, String body) throws Exception {
    return answer(
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /// What it answers to this call of the token's owner.
  ///
  /// @throws IllegalStateException when it refuses
  String call(String method, String path, String token) throws Exception {
    return answer(request(path, token).method(method, HttpRequest.BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private String answer(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  /// The text in a field of JSON.
  static String field(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
    if (!found.find()) {
      throw new IllegalStateException("no " + name + " in " + json);
    }
    return found.group(1);
  }

  /// Bytes of live objects; the histogram collects garbage first.
  long liveHeap() throws Exception {
    Process jcmd =
        new ProcessBuilder(tool("jcmd"), Long.toString(process.pid()), "GC.class_histogram")
            .start();
    String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher total = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)").matcher(histogram);
    if (!total.find()) {
      throw new IllegalStateException("jcmd gave no histogram");
    }
    return Long.parseLong(total.group(1));
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    if (process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join().isAlive()) {
      process.destroyForcibly();
      throw new IOException("the server did not stop within 20 s");
    }
  }
}
