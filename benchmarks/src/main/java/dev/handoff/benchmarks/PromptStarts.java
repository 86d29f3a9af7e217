package dev.handoff.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `POST …/generate-prompt-async/`: 200 at once by one owner, from the call to the whole answer,
/// while the tasks of the same burst run; each burst begins when all tasks of the one before have
/// ended.
///
/// Client, server and model are processes of their own. All bursts but the last meet a model that
/// fails, so that each task goes its whole way, reservation and usage log included, and nothing is
/// paid: the owner's tokens would not last for the warm-up. The last one meets a model that
/// answers.
final class PromptStarts {
  private static final int STARTS = 200;
  private static final int ROUNDS = 20;
  // 10,000 starts: the server is compiled by then.
  private static final int WARM_UP = 50;
  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final Duration ALL_END_IN = Duration.ofSeconds(60);
  private static final String CALLS = "/api/v1/web-knowledge/generate-prompt-async/";
  private static final Pattern TASK = Pattern.compile("\"task_id\":\"([^\"]+)\"");
  private static final Pattern OPEN = Pattern.compile("\"status\":\"(queued|processing)\"");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String address;
  private final String token;

  private PromptStarts(String address, String token) {
    this.address = address;
    this.token = token;
  }

  static void run(Path project) throws Exception {
    try (ModelProcess model = ModelProcess.start();
        LocalServer server =
            LocalServer.start(project, model.url(), "--handoff.worker.concurrency=" + STARTS)) {
      String owner = server.login("owner@demo.test");
      PromptStarts starts = new PromptStarts("http://127.0.0.1:" + server.port(), owner);
      for (int round = 0; round < WARM_UP; round++) {
        var _ = starts.burst();
      }
      double[] p99s = new double[ROUNDS];
      long[] all = new long[ROUNDS * STARTS];
      for (int round = 0; round < ROUNDS; round++) {
        pause(BETWEEN);
        long[] nanos = starts.burst();
        p99s[round] = Figures.percentile(nanos, 0.99);
        System.arraycopy(nanos, 0, all, round * STARTS, STARTS);
      }
      Arrays.sort(all);
      Figures.print("prompt start, 200 at once, p99 of bursts", "ms", p99s);
      Figures.print("  p50 of all", "ms", Figures.percentile(all, 0.5));
      Figures.print("  p99 of all", "ms", Figures.percentile(all, 0.99));
      model.answer();
      pause(BETWEEN);
      long[] paid = starts.burst();
      Figures.print("  p99 of a burst that is paid for", "ms", Figures.percentile(paid, 0.99));
    }
  }

  private static void pause(Duration time) throws InterruptedException {
    var _ = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// One burst; sorted nanoseconds from each call to its answer. Over when all its tasks have
  /// ended.
  private long[] burst() throws Exception {
    Burst burst =
        Burst.of(STARTS, index -> task(start("bakery " + index + ", open 8-17, tel 555")));
    awaitEnds(burst.answers());
    return burst.nanos();
  }

  private String start(String notes) throws Exception {
    HttpResponse<String> answer =
        http.send(
            request(CALLS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"manual_prompt\":\"" + notes + "\"}"))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 202) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private static String task(String started) {
    Matcher found = TASK.matcher(started);
    if (!found.find()) {
      throw new IllegalStateException("no task in " + started);
    }
    return found.group(1);
  }

  private void awaitEnds(List<String> tasks) throws Exception {
    long deadline = System.nanoTime() + ALL_END_IN.toNanos();
    for (String task : tasks) {
      HttpRequest poll = request(CALLS + "status/" + task + "/").build();
      while (OPEN.matcher(http.send(poll, BodyHandlers.ofString()).body()).find()) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(task + " has not ended in " + ALL_END_IN);
        }
        pause(BETWEEN_LOOKS);
      }
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Authorization", "Bearer " + token);
  }
}
