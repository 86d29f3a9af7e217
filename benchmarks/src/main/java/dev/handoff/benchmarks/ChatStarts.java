package dev.handoff.benchmarks;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `POST /ai/chat/message/`: 50 at once from 10 users, while every attempt is busy for 5 s; from
/// the call to the whole answer.
final class ChatStarts {
  private static final int MESSAGES = 50;
  private static final int ROUNDS = 20;
  // 15,000 messages: until the compiler has seen the whole way of one, it costs three times as much
  // of the two cores, which client, model and server share.
  private static final int WARM_UP = 300;
  private static final Duration BUSY = Duration.ofSeconds(5);
  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final List<String> USERS =
      List.of(
          "asha@demo.test",
          "ben@demo.test",
          "456@school1.test",
          "457@school1.test",
          "458@school1.test",
          "556@school2.test",
          "trainer@demo.test",
          "trainer2@demo.test",
          "owner@demo.test",
          "admin@demo.test");

  private ChatStarts() {}

  static void run(Path project) throws Exception {
    try (ScriptedModelServer model = ScriptedModelServer.start();
        LocalServer server =
            LocalServer.start(
                project,
                model.byDefault(ModelScript.streamed(Gate.every(BUSY), "a", "b")).baseUrl(),
                "--handoff.systems.sat-buddy.cache-for=0s",
                "--handoff.worker.concurrency=" + MESSAGES)) {
      List<String> tokens = new ArrayList<>();
      for (String user : USERS) {
        tokens.add(server.login(user));
      }
      for (int round = 0; round < WARM_UP; round++) {
        var _ = askAll(server, tokens);
      }
      double[] medians = new double[ROUNDS];
      long[] all = new long[ROUNDS * MESSAGES];
      for (int round = 0; round < ROUNDS; round++) {
        pause();
        long[] nanos = askAll(server, tokens);
        medians[round] = Figures.percentile(nanos, 0.5);
        System.arraycopy(nanos, 0, all, round * MESSAGES, MESSAGES);
      }
      Arrays.sort(all);
      Figures.print("chat message to its id, 50 at once, p50 of rounds", "ms", medians);
      Figures.print("  p99 of all", "ms", Figures.percentile(all, 0.99));
    }
  }

  private static void pause() throws InterruptedException {
    var _ = new CountDownLatch(1).await(BETWEEN.toSeconds(), TimeUnit.SECONDS);
  }

  private static long[] askAll(LocalServer server, List<String> tokens) throws Exception {
    return Burst.of(
            MESSAGES, index -> server.ask(tokens.get(index % tokens.size()), "question " + index))
        .nanos();
  }
}
