package dev.handoff.jdbc;

import dev.handoff.Failure;
import dev.handoff.FailureKind;

/// The failure of a task whose node was lost in each of its attempts.
final class LostTask {
  static final Failure TOO_OFTEN =
      new Failure(
          FailureKind.LOST,
          "The work was interrupted by a restart or a crash, each time it was tried.");

  private LostTask() {}
}
