package dev.handoff.jdbc;

import static org.awaitility.Awaitility.await;

import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// The processes of [ChaosTest] and their database, and what can happen to them. Used by one
/// thread.
final class ChaosCluster implements AutoCloseable {
  private static final Duration STARTING = Duration.ofSeconds(90);

  private final PostgresServer server;
  private final TestDatabase data;
  private final Path folder;
  private final Random random;
  private final Deque<Blow> planned = new ArrayDeque<>();
  private final Map<Process, Integer> numbers = new HashMap<>();
  private final List<Process> nodes = new ArrayList<>();
  private final Deque<Frozen> frozen = new ArrayDeque<>();
  private int started;
  private int kills;
  private int freezes;
  private int restarts;
  private int cuts;

  private record Frozen(Process node, long until) {}

  ChaosCluster(PostgresServer server, TestDatabase data, Path folder, Random random) {
    this.server = server;
    this.data = data;
    this.folder = folder;
    this.random = random;
  }

  void start() throws IOException {
    int number = started++;
    Process node =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                ChaosNode.class.getName(),
                data.url(),
                data.username(),
                data.password(),
                folder.resolve("journal-" + number).toString())
            .redirectOutput(folder.resolve("output-" + number).toFile())
            .redirectError(folder.resolve("errors-" + number).toFile())
            .start();
    numbers.put(node, number);
    nodes.add(node);
  }

  /// Waits until all nodes run; a process takes seconds to begin.
  void awaitStarted() {
    await().atMost(STARTING).until(() -> running().size() == nodes.size());
  }

  private List<Process> running() {
    return nodes.stream().filter(node -> output(node).toFile().length() > 0).toList();
  }

  private Path output(Process node) {
    return folder.resolve("output-" + numbers.get(node));
  }

  private enum Blow {
    KILL,
    FREEZE,
    CUT,
    CUT_SOME,
    CRASH
  }

  /// One of the things that happen; each of them among the first few.
  void strike() throws IOException, InterruptedException {
    thaw(System.nanoTime());
    if (planned.isEmpty()) {
      List<Blow> blows =
          new ArrayList<>(
              List.of(
                  Blow.KILL,
                  Blow.KILL,
                  Blow.FREEZE,
                  Blow.FREEZE,
                  Blow.CUT,
                  Blow.CUT_SOME,
                  Blow.CRASH));
      Collections.shuffle(blows, random);
      planned.addAll(blows);
    }
    switch (planned.remove()) {
      case KILL -> kill();
      case FREEZE -> freeze();
      case CUT -> {
        data.endSessions();
        cuts++;
      }
      case CUT_SOME -> {
        data.endSessions(random.nextBoolean() ? "handoff" : "handoff session");
        cuts++;
      }
      case CRASH -> {
        server.crash();
        server.startAgain();
        restarts++;
      }
    }
  }

  private void kill() throws IOException {
    Process victim = victim();
    nodes.remove(victim);
    frozen.removeIf(each -> each.node().equals(victim));
    end(victim);
    kills++;
    start();
  }

  // One that runs, if any does: killing those that only begin proves little.
  private Process victim() {
    List<Process> candidates = running().isEmpty() ? nodes : running();
    return candidates.get(random.nextInt(candidates.size()));
  }

  private static void end(Process node) {
    node.destroyForcibly();
    Uninterrupted.run(node::waitFor);
  }

  // From shorter than the lease to twice as long.
  private void freeze() throws IOException, InterruptedException {
    Process victim = victim();
    if (frozen.stream().noneMatch(each -> each.node().equals(victim))) {
      signal("STOP", victim);
      freezes++;
      long millis = random.nextLong(500, 2 * ChaosNode.CONFIG.lease().length().toMillis());
      frozen.add(new Frozen(victim, System.nanoTime() + Duration.ofMillis(millis).toNanos()));
    }
  }

  private void thaw(long now) throws IOException, InterruptedException {
    for (Frozen each : List.copyOf(frozen)) {
      if (each.until() <= now) {
        frozen.remove(each);
        signal("CONT", each.node());
      }
    }
  }

  /// From now on nothing happens any more.
  void calm() throws IOException, InterruptedException {
    thaw(Long.MAX_VALUE);
  }

  private static void signal(String name, Process node) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(node.pid())).start();
    if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IOException("kill -" + name + " did not work");
    }
  }

  /// The errors of nodes that ended by themselves, which none should.
  List<String> fallen() throws IOException {
    List<String> errors = new ArrayList<>();
    for (Process node : nodes) {
      if (!node.isAlive()) {
        errors.add(Files.readString(folder.resolve("errors-" + numbers.get(node))));
      }
    }
    return errors;
  }

  /// How many processes there have been.
  int started() {
    return started;
  }

  String summary() {
    return "kills=%d freezes=%d restarts=%d cuts=%d".formatted(kills, freezes, restarts, cuts);
  }

  @Override
  public void close() {
    for (Process node : nodes) {
      end(node);
    }
  }
}
