package dev.handoff.systems.zoneinsights;

import dev.handoff.Usage;

/// Finds what one subject of a test says about the student: a model, or the rules alone. Safe for
/// use by many threads.
interface InsightWriter {
  /// Where the student stands.
  ///
  /// @throws dev.handoff.AttemptException when nothing usable came
  Written<Zones> zones(SubjectSheet sheet) throws InterruptedException;

  /// The two problems to work on first.
  ///
  /// @throws dev.handoff.AttemptException when nothing usable came
  Written<Checkpoint.Pair> checkpoints(SubjectSheet sheet) throws InterruptedException;

  /// Whether an AI does the work.
  boolean isAi();

  /// What was found, and what it cost.
  record Written<T>(T found, Usage usage) {}
}
