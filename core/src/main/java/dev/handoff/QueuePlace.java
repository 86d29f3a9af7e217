package dev.handoff;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where a task stands in its line, and how long it is likely to take. A waiting task has a
/// position, and times where the line moves; a running one has `endsIn` alone.
public record QueuePlace(
    @Nullable LinePosition position, @Nullable Estimate startsIn, @Nullable Estimate endsIn) {

  /// The position of a waiting task, from 1, and the length of its line: `of` tasks of its type and
  /// its gates wait, up to 5,000 of which are counted.
  public record LinePosition(int position, int of) {}

  /// How long something takes: in half of all cases no longer than `p50`, in nine of ten no longer
  /// than `p90`.
  public record Estimate(Duration p50, Duration p90) {}
}
