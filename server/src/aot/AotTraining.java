import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes the cache with which the server starts in less than half the time: uses the server for some
/// seconds as people do, while Java records which classes it loads and what it calls often.
///
///     java AotTraining.java FOLDER
///
/// FOLDER has the unpacked server and gets `handoff.aot`. Why: docs/adr/0021-an-aot-cache.md
final class AotTraining {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int TURNS = 200;
  private static final List<String> PAGES =
      List.of("/", "/login/", "/docs", "/openapi.json", "/actuator/health/readiness");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private String token = "";

  private AotTraining(URI server) {
    this.server = server;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    Path cache = folder.resolve("handoff.aot");
    Path data = Files.createTempDirectory(folder.getParent(), "aot-training-");
    Path log = data.resolve("server.log");
    Files.deleteIfExists(cache);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + folder.resolve("java.options"),
                "-XX:AOTCacheOutput=" + cache,
                "-jar",
                folder.resolve("handoff-server.jar").toString(),
                "--server.port=0",
                "--handoff.demo=true",
                "--handoff.data-dir=" + data)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      new AotTraining(URI.create("http://localhost:" + port(log, process))).use();
    } finally {
      process.destroy();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
    if (!Files.exists(cache)) {
      throw new IOException("Java wrote no cache: " + Files.readString(log));
    }
  }

  private static String port(Path log, Process process) throws Exception {
    Pattern started = Pattern.compile("started on port (\\d+)");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && !process.waitFor(100, TimeUnit.MILLISECONDS)) {
      Matcher found = started.matcher(Files.readString(log));
      if (found.find()) {
        return found.group(1);
      }
    }
    throw new IOException("the server did not start: " + Files.readString(log));
  }

  private void use() throws Exception {
    for (String page : PAGES) {
      get(page);
    }
    login("asha@demo.test");
    for (int turn = 0; turn < TURNS; turn++) {
      String answer = post("/ai/chat/message/", "{\"message\":\"What is a semicolon for?\"}");
      String task = field("task_id", answer);
      get("/api/v1/tasks/" + task + "/events");
      get("/api/v1/tasks/" + task);
      get("/ai/task/" + task + "/");
      get("/ai/chat/history/");
    }
    get("/api/topics/");
    get("/api/test-sessions/");
    login("owner@demo.test");
    get("/api/v1/web-knowledge/subscription");
    get("/api/v1/web-knowledge/ai-prompts");
    login("teacher@school1.test");
    get("/api/v1/team-evaluation/evaluations");
    login("trainer@demo.test");
    get("/api/modules");
  }

  private void login(String username) throws Exception {
    token = "";
    String account = "{\"username\":\"" + username + "\",\"password\":\"handoff\"}";
    token = field("access", post("/api/auth/login/", account));
  }

  private static String field(String name, String json) throws IOException {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
    if (!found.find()) {
      throw new IOException("no " + name + " in " + json);
    }
    return found.group(1);
  }

  private void get(String path) throws Exception {
    send(HttpRequest.newBuilder(server.resolve(path)));
  }

  private String post(String path, String json) throws Exception {
    return send(
        HttpRequest.newBuilder(server.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private String send(HttpRequest.Builder request) throws Exception {
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer =
        http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 400) {
      throw new IOException(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }
}
