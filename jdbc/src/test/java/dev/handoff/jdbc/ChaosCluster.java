package dev.handoff.jdbc;

import static org.awaitility.Awaitility.await;

import dev.handoff.jdbc.sql.Uninterrupted;
import dev.handoff.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// The worker processes of [ChaosTest], each with a way of its own to the database, and what can
/// happen to them. Used by one thread.
final class ChaosCluster implements AutoCloseable {
  private static final Duration STARTING = Duration.ofSeconds(90);

  private final TestDatabase data;
  private final Path folder;
  private final Random random;
  private final Map<Process, Integer> numbers = new HashMap<>();
  private final Map<Process, LosingProxy> proxies = new HashMap<>();
  private final List<Process> nodes = new ArrayList<>();
  private final Deque<Frozen> frozen = new ArrayDeque<>();
  private int started;

  private record Frozen(Process node, long until) {}

  ChaosCluster(TestDatabase data, Path folder, Random random) {
    this.data = data;
    this.folder = folder;
    this.random = random;
  }

  void start() throws IOException {
    int number = started++;
    LosingProxy proxy = LosingProxy.before(data);
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
                proxy.url(),
                ChaosServer.LOGIN,
                ChaosServer.LOGIN,
                folder.resolve("journal-" + number).toString())
            .redirectOutput(folder.resolve("output-" + number).toFile())
            .redirectError(folder.resolve("errors-" + number).toFile())
            .start();
    numbers.put(node, number);
    proxies.put(node, proxy);
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

  /// The way of one of them to the database.
  LosingProxy proxy() {
    return Objects.requireNonNull(proxies.get(victim()));
  }

  /// Ends one at once, and starts another.
  void kill() throws IOException {
    Process victim = victim();
    nodes.remove(victim);
    frozen.removeIf(each -> each.node().equals(victim));
    end(victim);
    Objects.requireNonNull(proxies.remove(victim)).close();
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

  /// Stops one, for anything from half a second to twice its lease.
  void freeze() throws IOException, InterruptedException {
    Process victim = victim();
    if (frozen.stream().noneMatch(each -> each.node().equals(victim))) {
      Signals.stop(victim.pid());
      long millis = random.nextLong(500, 2 * ChaosNode.CONFIG.lease().length().toMillis());
      frozen.add(new Frozen(victim, System.nanoTime() + Duration.ofMillis(millis).toNanos()));
    }
  }

  /// Lets those go on whose time is over.
  void thaw(long now) throws IOException, InterruptedException {
    for (Frozen each : List.copyOf(frozen)) {
      if (each.until() <= now) {
        frozen.remove(each);
        Signals.goOn(each.node().pid());
      }
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

  @Override
  public void close() {
    for (Process node : nodes) {
      end(node);
    }
    proxies.values().forEach(LosingProxy::close);
  }
}
