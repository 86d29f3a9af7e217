package dev.handoff.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Leads the comparison. Its arguments are the project's folder and the names of what to measure,
/// or none for all. `ROUNDS` and `PEERS` in the environment narrow it.
public final class Compare {
  private static final List<String> BESIDE =
      List.of("submit", "drain", "latency", "waiting", "reads");
  private static final List<String> ALL =
      List.of(
          "submit",
          "drain",
          "latency",
          "waiting",
          "reads",
          "recovery",
          "flat",
          "nodes",
          "pooler",
          "http");
  private static final List<Contender> USUAL =
      List.of(
          Contender.HANDOFF,
          Contender.JOBRUNR,
          Contender.DB_SCHEDULER,
          Contender.BULLMQ_EVERYSEC,
          Contender.BULLMQ_ALWAYS);
  // So long Handoff draws no conclusions from a server that has just started.
  private static final Duration YOUNG_SERVER = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(3);

  static final String DATABASE = "PostgreSQL alone";

  private final Rig rig;
  private final Path project;
  private final List<Contender> contenders;
  private final int rounds;
  private final Table beside;

  private Compare(Rig rig, Path project, List<Contender> contenders, int rounds) {
    this.project = project;
    this.rig = rig;
    this.contenders = contenders;
    this.rounds = rounds;
    this.beside = new Table(labels(contenders));
  }

  public static void main(String[] arguments) throws Exception {
    List<String> chosen = Arrays.asList(arguments).subList(1, arguments.length);
    if (!ALL.containsAll(chosen)) {
      throw new IllegalArgumentException("name some of " + ALL);
    }
    int rounds = Integer.parseInt(System.getenv().getOrDefault("ROUNDS", "3"));
    try (Rig rig = Rig.setUp(Path.of(arguments[0]))) {
      List<Contender> contenders = asked().stream().filter(rig::canRun).toList();
      System.out.printf("%s; %s.%n%n", MachineReport.description(), rig.description());
      for (Contender contender : asked()) {
        if (!contenders.contains(contender)) {
          System.out.printf("%s is left out: %s.%n%n", contender.label(), contender.needs());
        }
      }
      MachineReport.Ticks before = MachineReport.Ticks.now();
      long start = System.nanoTime();
      new Compare(rig, Path.of(arguments[0]), contenders, rounds)
          .run(chosen.isEmpty() ? ALL : chosen);
      System.out.printf(
          Locale.ROOT,
          "%d rounds in %.0f min; the host took %.0f %% of the processors away.%n",
          rounds,
          (System.nanoTime() - start) / 6e10,
          MachineReport.Ticks.now().stolenSince(before));
    }
  }

  private static List<Contender> asked() {
    String peers = System.getenv().getOrDefault("PEERS", "").strip();
    return peers.isEmpty()
        ? USUAL
        : Arrays.stream(peers.split("[ ,]+", -1))
            .map(name -> Contender.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
            .toList();
  }

  private static List<String> labels(List<Contender> contenders) {
    return contenders.stream().map(Contender::label).toList();
  }

  private void run(List<String> names) throws Exception {
    for (String name : BESIDE) {
      if (names.contains(name)) {
        measure(name, contenders, beside);
      }
    }
    if (names.contains("recovery")) {
      recover();
    }
    if (!beside.isEmpty()) {
      beside.print("side by side");
    }
    if (names.contains("latency")) {
      leastLatency();
    }
    // Ratios of one engine with itself need fewer rounds.
    Alone alone = new Alone(rig, Math.min(rounds, 2));
    if (names.contains("flat")) {
      alone.flatness();
    }
    if (names.contains("nodes")) {
      alone.nodes();
    }
    if (names.contains("pooler")) {
      pooler();
    }
    if (names.contains("http")) {
      new HttpCalls(rig, project, Math.min(rounds, 2)).run();
    }
  }

  private void measure(String name, List<Contender> columns, Table table) throws Exception {
    for (int round = 1; round <= rounds; round++) {
      for (Contender contender : columns) {
        try (MeasuredStore store = rig.store(contender);
            Child child = rig.start(contender, store, name)) {
          for (var figure : Figure.in(child.finish(LONGEST)).entrySet()) {
            table.add(figure.getKey(), contender.label(), figure.getValue());
            say(
                "%d/%d %s: %s %.2f",
                round, rounds, contender.label(), figure.getKey(), figure.getValue());
          }
        } catch (IllegalStateException e) {
          say("%s %s %s", contender.label(), name, e.getMessage());
        }
      }
    }
  }

  private void leastLatency() throws SQLException {
    Table table = new Table(List.of(DATABASE));
    for (int round = 1; round <= rounds; round++) {
      try (DurableServer.Database database = rig.database()) {
        CommitLatency.measure(database, table);
      }
    }
    table.print("the database's own limit");
  }

  private void pooler() throws Exception {
    if (!rig.canRun(Contender.HANDOFF_POOLED)) {
      System.out.printf("A pooler is left out: %s.%n%n", Contender.HANDOFF_POOLED.needs());
      return;
    }
    List<Contender> columns = List.of(Contender.HANDOFF, Contender.HANDOFF_POOLED);
    Table table = new Table(labels(columns));
    for (String name : List.of("drain", "latency")) {
      measure(name, columns, table);
    }
    table.print("Handoff, through a pooler");
  }

  private void recover() {
    if (contenders.contains(Contender.HANDOFF)) {
      Measurements.pause(YOUNG_SERVER);
      for (int round = 1; round <= rounds; round++) {
        recover(Contender.HANDOFF, Figure.RECOVERY_SECOND);
        recover(Contender.HANDOFF, Figure.RECOVERY_CUT);
        recover(Contender.HANDOFF, Figure.RECOVERY_RESTART);
      }
    }
    // The others are idle until their time limits are over, so they can wait side by side.
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Contender contender : contenders) {
        if (contender != Contender.HANDOFF) {
          executor.execute(() -> recover(contender, Figure.RECOVERY_SECOND));
          executor.execute(() -> recover(contender, Figure.RECOVERY_RESTART));
        }
      }
    }
  }

  private void recover(Contender contender, Figure figure) {
    if (contender == Contender.HANDOFF_EMBEDDED && figure == Figure.RECOVERY_SECOND) {
      return; // The embedded store belongs to one process.
    }
    try {
      Recovery recovery = new Recovery(rig, contender);
      double seconds =
          switch (figure) {
            case RECOVERY_SECOND -> recovery.withSecondNode();
            case RECOVERY_CUT -> recovery.cutOff();
            default -> recovery.restarted();
          };
      beside.add(figure, contender.label(), seconds);
      say("%s: %s %.2f", contender.label(), figure, seconds);
    } catch (IOException | IllegalStateException e) {
      say("%s %s: %s", contender.label(), figure, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Tells how far it is; the tables alone go to standard output.
  static void say(String pattern, @Nullable Object... values) {
    System.err.printf(Locale.ROOT, pattern + "%n", values);
  }
}
