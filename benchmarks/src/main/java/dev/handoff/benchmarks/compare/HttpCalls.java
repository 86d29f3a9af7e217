package dev.handoff.benchmarks.compare;

import dev.handoff.benchmarks.Figures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Submits and status reads over HTTP while a thousand tasks run: Handoff's server on its embedded
/// store and on PostgreSQL, and Express in front of BullMQ. Submits come at a constant rate and are
/// timed from when they were due; reads are as many as 32 connections of `wrk` get.
final class HttpCalls {
  private static final String EMBEDDED = "Handoff, embedded store";
  private static final String POSTGRES = "Handoff, PostgreSQL";
  private static final String EXPRESS = "Express and BullMQ, Redis everysec";

  private static final int RATE = 500;
  private static final Duration IN_TURN = Duration.ofSeconds(45);
  private static final int CALLERS = 8;
  private static final int WARM_UP = 10 * RATE;
  private static final int MEASURED = 20 * RATE;
  private static final long BETWEEN = 1_000_000_000L / RATE;
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern READS = Pattern.compile("Requests/sec:\\s*([\\d.]+)");

  private final Rig rig;
  private final Path project;
  private final int rounds;
  private final Table table = new Table(List.of(EMBEDDED, POSTGRES, EXPRESS));
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  HttpCalls(Rig rig, Path project, int rounds) {
    this.rig = rig;
    this.project = project;
    this.rounds = rounds;
  }

  void run() throws Exception {
    for (int round = 0; round < rounds; round++) {
      try (WebPeer handoff = WebPeer.handoff(project, List.of())) {
        measure(EMBEDDED, handoff);
      }
      try (DurableServer.Database database = rig.database();
          WebPeer handoff =
              WebPeer.handoff(project, List.of("--handoff.store.url=" + database.address()))) {
        measure(POSTGRES, handoff);
      }
      if (rig.canRun(Contender.BULLMQ_EVERYSEC)) {
        try (RedisServer redis = RedisServer.start("everysec");
            WebPeer express = WebPeer.express(project.resolve("benchmarks/bullmq"), redis)) {
          measure(EXPRESS, express);
        }
      }
    }
    table.print("over HTTP, 1,000 tasks running");
  }

  private void measure(String column, WebPeer peer) throws Exception {
    HttpRequest.Builder submit =
        HttpRequest.newBuilder(URI.create(peer.submitUrl()))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(peer.submitBody()));
    peer.headers().forEach(submit::header);
    HttpRequest request = submit.build();
    String id = id(http.send(request, BodyHandlers.ofString()).body());
    submitInTurn(request);
    var _ = submitAll(request, WARM_UP);
    long[] nanos = submitAll(request, MEASURED);
    Arrays.sort(nanos);
    table.add(Figure.HTTP_SUBMIT_P50, column, Figures.percentile(nanos, 0.50));
    table.add(Figure.HTTP_SUBMIT_P99, column, Figures.percentile(nanos, 0.99));
    var _ = reads(peer, id, 8);
    table.add(Figure.HTTP_READS, column, reads(peer, id, 10));
    Compare.say("%s: submit p99 %.2f ms", column, Figures.percentile(nanos, 0.99));
  }

  /// Without a rate, so that what is not compiled yet is not buried under what is due.
  private void submitInTurn(HttpRequest request) throws InterruptedException {
    long end = System.nanoTime() + IN_TURN.toNanos();
    List<Thread> callers = new ArrayList<>();
    Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      callers.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (System.nanoTime() < end) {
                    var _ = http.send(request, BodyHandlers.discarding());
                  }
                } catch (IOException | InterruptedException e) {
                  failures.add(e);
                }
              }));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("submits failed", failures.peek());
    }
  }

  /// From when each was due to its whole answer.
  private long[] submitAll(HttpRequest request, int count) throws InterruptedException {
    long[] nanos = new long[count];
    CountDownLatch answered = new CountDownLatch(count);
    Queue<String> refusals = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      int index = i;
      long due = start + i * BETWEEN;
      LockSupport.parkNanos(due - System.nanoTime());
      Thread.ofVirtual()
          .start(() -> {
            try {
              HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
              if (answer.statusCode() != 202) {
                refusals.add(answer.statusCode() + " " + answer.body());
              }
            } catch (IOException e) {
              refusals.add(e.toString());
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            nanos[index] = System.nanoTime() - due;
            answered.countDown();
          });
    }
    answered.await();
    if (!refusals.isEmpty()) {
      throw new IllegalStateException(
          refusals.size() + " of " + count + " submits failed; the first: " + refusals.peek());
    }
    return nanos;
  }

  private static double reads(WebPeer peer, String id, int seconds)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c32", "-d" + seconds + "s"));
    peer.headers().forEach((name, value) -> command.addAll(List.of("-H", name + ": " + value)));
    command.add(peer.taskUrl() + id);
    Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (wrk.waitFor() != 0) {
      throw new IllegalStateException("wrk failed: " + output);
    }
    if (output.contains("Non-2xx")) {
      throw new IllegalStateException("reads were refused: " + output);
    }
    return Double.parseDouble(found(READS, output));
  }

  private static String id(String answer) {
    return found(ID, answer);
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }
}
