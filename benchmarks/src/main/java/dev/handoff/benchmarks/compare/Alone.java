package dev.handoff.benchmarks.compare;

import dev.handoff.benchmarks.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What is measured of Handoff alone. A measurement that fails ends its table, not the others.
final class Alone {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final String EMPTY = "empty";
  private static final String FULL = "1,000,000 finished and 1,000,000 waiting";
  private static final List<String> NODES = List.of("1 node", "2 nodes", "3 nodes");

  private final Rig rig;
  private final int rounds;

  Alone(Rig rig, int rounds) {
    this.rig = rig;
    this.rounds = rounds;
  }

  /// Submit, claim and status with nothing in the store, and with a million finished and a million
  /// waiting tasks.
  void flatness() throws IOException, InterruptedException {
    Table table = new Table(List.of(EMPTY, FULL));
    try (DurableServer.Database filled = rig.database()) {
      fill(filled);
      for (int round = 0; round < rounds; round++) {
        try (DurableServer.Database nothing = rig.database()) {
          flatness(table, EMPTY, nothing);
        }
        flatness(table, FULL, filled);
      }
    } catch (IllegalStateException e) {
      Compare.say("flat: %s", e.getMessage());
    }
    table.print("Handoff, flatness");
  }

  private void fill(DurableServer.Database database) throws IOException, InterruptedException {
    run(database, "finish-some");
    // A thousandfold of the finished ones; doing them one by one takes minutes.
    database.run(
        List.of(
            copied("handoff_task", "id"),
            copied("handoff_submitted", "task_id"),
            copied("handoff_event", "task_id")));
    run(database, "pile-up");
    // As the server would do by itself within minutes.
    database.run(List.of("vacuum analyze", "checkpoint"));
  }

  private static String copied(String table, String id) {
    return """
    do $$
    declare others text;
    begin
      select string_agg(column_name, ', ') into others from information_schema.columns
        where table_name = '%1$s' and column_name <> '%2$s';
      execute format('insert into %1$s (%2$s, %%1$s)
        select md5(%2$s::text || number)::uuid, %%1$s from %1$s, generate_series(1, 999) number', others);
    end $$\
    """
        .formatted(table, id);
  }

  private void flatness(Table table, String column, MeasuredStore store)
      throws IOException, InterruptedException {
    Figure.in(run(store, "flat")).forEach((figure, value) -> table.add(figure, column, value));
  }

  private List<Child.OutputLine> run(MeasuredStore store, String measurement)
      throws IOException, InterruptedException {
    try (Child child = rig.start(Contender.HANDOFF, store, measurement)) {
      return child.finish(LONGEST);
    }
  }

  /// Several nodes on one database, all on this machine: the drain together, and the pick-up of
  /// what another node submits.
  void nodes() throws IOException, InterruptedException {
    Table table = new Table(NODES);
    try {
      for (int round = 0; round < rounds; round++) {
        for (int nodes = 1; nodes <= NODES.size(); nodes++) {
          table.add(Figure.NODES_DRAIN, NODES.get(nodes - 1), drain(nodes));
        }
        long[] sorted = pickUp();
        table.add(Figure.NODES_P50, NODES.get(1), Figures.percentile(sorted, 0.50));
        table.add(Figure.NODES_P99, NODES.get(1), Figures.percentile(sorted, 0.99));
      }
    } catch (IllegalStateException e) {
      Compare.say("nodes: %s", e.getMessage());
    }
    table.print("Handoff, nodes on one database");
  }

  private double drain(int nodes) throws IOException, InterruptedException {
    List<Child> children = new ArrayList<>();
    try (MeasuredStore store = rig.store(Contender.HANDOFF)) {
      run(store, "fill");
      for (int i = 0; i < nodes; i++) {
        children.add(rig.start(Contender.HANDOFF, store, "share"));
      }
      for (Child child : children) {
        child.await("ready", LONGEST);
      }
      for (Child child : children) {
        child.go();
      }
      return drained(children);
    } finally {
      for (Child child : children) {
        child.close();
      }
    }
  }

  private static double drained(List<Child> children) throws InterruptedException {
    long[] ended = new long[children.size()];
    long sum = 0;
    long before = 0;
    long start = 0;
    long end = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() - end < 0) {
      for (int i = 0; i < ended.length; i++) {
        var line = children.get(i).next(Duration.ofMillis(1));
        if (line.isPresent()) {
          sum += line.get().number() - ended[i];
          ended[i] = line.get().number();
          if (before == 0 && sum >= Measurements.DRAINED_BEFORE) {
            before = sum;
            start = line.get().at();
          }
          if (sum == Measurements.DRAINED_BEFORE + Measurements.DRAINED) {
            return Figures.perSecond(sum - before, line.get().at() - start);
          }
        }
      }
    }
    throw new IllegalStateException("drained only " + sum + " tasks in " + LONGEST);
  }

  private long[] pickUp() throws IOException, InterruptedException {
    try (MeasuredStore store = rig.store(Contender.HANDOFF);
        Child worker = rig.start(Contender.HANDOFF, store, "pick")) {
      worker.await("ready", LONGEST);
      run(store, "submit-for-others");
      long[] nanos = new long[Measurements.PICKED_UP];
      int count = 0;
      while (count < nanos.length) {
        long picked =
            worker
                .next(LONGEST)
                .orElseThrow(() -> new IllegalStateException("a task was not picked up"))
                .number();
        if (picked > 0) {
          nanos[count++] = picked;
        }
      }
      Arrays.sort(nanos);
      return nanos;
    }
  }
}
