package dev.handoff.benchmarks.compare;

import dev.handoff.benchmarks.LocalServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server that takes tasks over HTTP, with a worker that holds a thousand of them.
///
/// @param submitUrl where they are posted
/// @param submitBody what is posted: a request of 1 KB
/// @param taskUrl what a task's id is put behind to ask how it stands
/// @param headers of every call
/// @param end ends it
record WebPeer(
    String submitUrl, String submitBody, String taskUrl, Map<String, String> headers, Cleanup end)
    implements AutoCloseable {
  private static final int RUNNING = 1_000;
  private static final Duration START = Duration.ofSeconds(30);
  private static final String TEXT = "handoff".repeat(143).substring(0, 1_000);

  /// What is done in the end.
  interface Cleanup {
    void run() throws IOException;
  }

  /// The packaged server with its defaults but for the limits: a thousand attempts at once that
  /// wait for as long as is measured, any number of submits.
  static WebPeer handoff(Path project, List<String> store) throws Exception {
    SilentModel model = SilentModel.start();
    List<String> options =
        new ArrayList<>(
            List.of(
                "--handoff.worker.concurrency=" + RUNNING,
                "--handoff.api.submits-per-minute=0",
                "--handoff.ai.timeout=1h"));
    options.addAll(store);
    LocalServer server =
        LocalServer.start(project, model.baseUrl(), options.toArray(String[]::new));
    String tasks = "http://127.0.0.1:" + server.port() + "/api/v1/tasks";
    return new WebPeer(
        tasks,
        "{\"type\":\"text\",\"request\":{\"input\":\"" + TEXT + "\"}}",
        tasks + "/",
        Map.of("Authorization", "Bearer " + server.login("asha@demo.test")),
        () -> {
          server.close();
          model.close();
        });
  }

  /// Express in front of BullMQ, its worker in a process of its own.
  static WebPeer express(Path bullmq, RedisServer redis) throws IOException, InterruptedException {
    int port = RedisServer.freePort();
    Child server =
        Child.start(
            List.of(
                "node",
                bullmq.resolve("server.mjs").toString(),
                redis.address(),
                Integer.toString(port),
                Integer.toString(RUNNING)));
    server.await("ready", START);
    String tasks = "http://127.0.0.1:" + port + "/tasks";
    return new WebPeer(tasks, "{\"input\":\"" + TEXT + "\"}", tasks + "/", Map.of(), server::close);
  }

  @Override
  public void close() throws IOException {
    end.run();
  }
}
