package dev.handoff.benchmarks;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// 5,000 open streams of one task that says nothing, on the real server with `-Xmx512m`: live heap
/// after a full collection, before and after.
final class IdleListeners {
  private static final int LISTENERS = 5_000;

  private IdleListeners() {}

  static void run(Path project) throws Exception {
    Path folder = Files.createTempDirectory("handoff-bench");
    try (ScriptedModelServer model = ScriptedModelServer.start()) {
      model.byDefault(ModelScript.hang(Gate.closed()));
      Process server = start(project, folder, model);
      try {
        int port = awaitPort(folder.resolve("server.log"), server);
        HttpClient http = HttpClient.newHttpClient();
        String token = login(http, port);
        String task = ask(http, port, token);
        List<SocketChannel> open = new ArrayList<>();
        open.add(listen(port, task, token));
        long before = liveHeap(server.pid());
        while (open.size() <= LISTENERS) {
          open.add(listen(port, task, token));
        }
        long after = liveHeap(server.pid());
        Figures.print(
            "heap of an idle stream, 5,000 open", "KB", (after - before) / 1024.0 / LISTENERS);
        for (SocketChannel channel : open) {
          channel.close();
        }
      } finally {
        server.destroy();
        if (!server.waitFor(20, TimeUnit.SECONDS)) {
          server.destroyForcibly();
        }
      }
    }
  }

  private static Process start(Path project, Path folder, ScriptedModelServer model)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-jar",
            project.resolve("server/target/handoff-server.jar").toString(),
            "--server.port=0",
            "--handoff.demo=true",
            "--handoff.data-dir=" + folder,
            "--handoff.ai.provider=openai",
            "--handoff.ai.base-url=" + model.baseUrl(),
            "--handoff.ai.api-key=bench",
            "--handoff.streams.per-owner=20000",
            "--handoff.streams.per-node=20000",
            "--handoff.systems.sat-buddy.run-limit=10m")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("server.log").toFile())
        .start();
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

  private static String login(HttpClient http, int port) throws Exception {
    String body =
        post(
            http,
            port,
            "/api/auth/login/",
            "",
            "{\"username\":\"asha@demo.test\",\"password\":\"handoff\"}");
    return field(body, "access");
  }

  private static String ask(HttpClient http, int port, String token) throws Exception {
    return field(post(http, port, "/ai/chat/message/", token, "{\"message\":\"wait\"}"), "task_id");
  }

  private static String post(HttpClient http, int port, String path, String token, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), BodyHandlers.ofString()).body();
  }

  private static String field(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
    if (!found.find()) {
      throw new IllegalStateException("no " + name + " in " + json);
    }
    return found.group(1);
  }

  private static SocketChannel listen(int port, String task, String token) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String request =
        "GET /api/v1/tasks/"
            + task
            + "/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
            + token
            + "\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    ByteBuffer first = ByteBuffer.allocate(8_192);
    int read = channel.read(first);
    String answer = new String(first.array(), 0, Math.max(0, read), StandardCharsets.UTF_8);
    if (!answer.startsWith("HTTP/1.1 200")) {
      throw new IllegalStateException("a stream was refused: " + answer);
    }
    return channel;
  }

  /// Bytes of live objects; the histogram collects garbage first.
  private static long liveHeap(long pid) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram")
            .start();
    String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher total = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)").matcher(histogram);
    if (!total.find()) {
      throw new IllegalStateException("jcmd gave no histogram");
    }
    return Long.parseLong(total.group(1));
  }
}
