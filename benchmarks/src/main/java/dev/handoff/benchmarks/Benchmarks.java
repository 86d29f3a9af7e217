package dev.handoff.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Runs one measurement by its name and prints its figures, a line each.
public final class Benchmarks {
  private interface Benchmark {
    void run() throws Exception;
  }

  private Benchmarks() {}

  /// The project's folder, then the measurement's name.
  public static void main(String[] arguments) throws Exception {
    Path project = Path.of(arguments[0]);
    Map<String, Benchmark> all = new LinkedHashMap<>();
    all.put("submit", SubmitRate::run);
    all.put("bulk", SubmitRate::runBulk);
    all.put("drain", DrainRate::run);
    all.put("latency", PickUpLatency::run);
    all.put("inflight", InFlight::run);
    all.put("reads", ReadRate::run);
    all.put("listeners", () -> IdleListeners.run(project));
    all.put("live", () -> LiveListeners.run(project));
    all.put("chat", () -> ChatStarts.run(project));
    all.put("prompts", () -> PromptStarts.run(project));
    all.put("summaries", () -> SummaryStarts.run(project));
    Benchmark chosen = arguments.length < 2 ? null : all.get(arguments[1]);
    if (chosen == null) {
      throw new IllegalArgumentException("name one of " + all.keySet());
    }
    chosen.run();
  }
}
