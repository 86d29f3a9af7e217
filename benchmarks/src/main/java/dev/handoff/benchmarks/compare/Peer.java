package dev.handoff.benchmarks.compare;

import java.util.List;
import java.util.function.Consumer;

/// One engine in this process, client and worker, on a store of its own. Lives until the process
/// ends.
interface Peer {
  /// What a worker is set up for.
  enum Aim {
    THROUGHPUT,
    /// A task now and then, to be picked up at once.
    LATENCY,
    /// 10,000 tasks that wait at the same time.
    WAITING,
    /// Nothing in particular: 200 at once, and whatever the defaults are after a crash.
    DEFAULTS
  }

  /// Hands off one request. Durable when this returns.
  ///
  /// @return what [#isKnown] takes
  String submit(String request);

  /// Hands off these in the engine's own bulk call. Durable when this returns.
  void submitAll(List<String> requests);

  /// Starts the worker, once. The handler is told the request of each task and may block.
  void work(Aim aim, Consumer<String> handler);

  /// Whether the store says that all submitted work is done.
  boolean isDrained();

  boolean isKnown(String id);
}
