package dev.handoff.spring.wire;

import java.time.Instant;
import java.util.List;

/// The answer of `GET /batches/{id}`: the states of its tasks, without those that were refused.
public record BatchView(
    String id, Instant createdAt, int total, Counts counts, boolean finished, List<Item> tasks) {
  /// The number of its tasks in each state; `expired` counts those whose retention has passed.
  public record Counts(
      int queued, int processing, int completed, int failed, int cancelled, int expired) {}

  /// One of its tasks: `state` as a task has it, or `expired`.
  public record Item(String id, String state) {}
}
