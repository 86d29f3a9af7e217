package dev.handoff.benchmarks.compare;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A row of a table: what was measured, and in which unit.
enum Figure {
  SUBMIT_1("submit, 1 thread", "tasks/s"),
  SUBMIT_16("submit, 16 threads", "tasks/s"),
  SUBMIT_BULK("submit in bulk, 1,000 a call", "tasks/s"),
  DRAIN("drain of 20,000 no-op tasks", "tasks/s"),
  LATENCY_P50("submit to handler, a task every 50 ms, p50", "ms"),
  LATENCY_P99("submit to handler, a task every 50 ms, p99", "ms"),
  COMMIT_P50("a row of 1 KB inserted every 50 ms, p50", "ms"),
  COMMIT_P99("a row of 1 KB inserted every 50 ms, p99", "ms"),
  WAITING_SECONDS("10,000 tasks waiting 2 s each, at once", "s"),
  WAITING_MEMORY("peak resident memory of that process", "MB"),
  READS("status reads, 16 threads", "reads/s"),
  RECOVERY_SECOND("`kill -9`, a second node alive: from the kill to the last orphan's run", "s"),
  RECOVERY_CUT("a second node alive: from the freeze to the last orphan's run", "s"),
  RECOVERY_RESTART("`kill -9`, none alive: from the next process's start to the same", "s"),
  FLAT_SUBMIT("submit, 16 threads", "tasks/s"),
  FLAT_CLAIM("claim and finish, 1 node", "tasks/s"),
  FLAT_READS("status reads, 16 threads", "reads/s"),
  FLAT_START("start of a node to its first result", "ms"),
  NODES_DRAIN("drain of 20,000 no-op tasks", "tasks/s"),
  NODES_P50("submit on one node to handler on another, p50", "ms"),
  NODES_P99("submit on one node to handler on another, p99", "ms"),
  HTTP_SUBMIT_P50("500 submits a second, p50", "ms"),
  HTTP_SUBMIT_P99("500 submits a second, p99", "ms"),
  HTTP_READS("status reads, 32 connections", "reads/s");

  private final String what;
  private final String unit;

  Figure(String what, String unit) {
    this.what = what;
    this.unit = unit;
  }

  @Override
  public String toString() {
    return what + ", " + unit;
  }

  /// The figures that a measured process told.
  static Map<Figure, Double> in(List<Child.OutputLine> output) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    for (Child.OutputLine line : output) {
      if (line.says("figure")) {
        String[] words = line.text().split(" ", 3);
        figures.put(
            valueOf(words[1].toUpperCase(Locale.ROOT).replace('-', '_')), Double.valueOf(words[2]));
      }
    }
    return figures;
  }
}
