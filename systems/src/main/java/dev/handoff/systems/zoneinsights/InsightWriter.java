package dev.handoff.systems.zoneinsights;

import dev.handoff.systems.kit.ModelJson.Written;

/// Finds what one subject of a test says about the student: a model, or the rules alone. Safe for
/// use by many threads.
public interface InsightWriter {
  /// Where the student stands.
  ///
  /// @throws dev.handoff.AttemptException when nothing usable came
  Written<Zones> zones(SubjectSheet sheet) throws InterruptedException;

  /// The two problems to work on first.
  ///
  /// @throws dev.handoff.AttemptException when nothing usable came
  Written<Checkpoint.Pair> checkpoints(SubjectSheet sheet) throws InterruptedException;

  boolean isAi();
}
