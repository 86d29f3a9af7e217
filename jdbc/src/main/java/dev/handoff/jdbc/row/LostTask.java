package dev.handoff.jdbc.row;

import dev.handoff.Failure;
import dev.handoff.FailureKind;

/// The failure of a task whose node was lost at each attempt.
public final class LostTask {
  public static final Failure TOO_OFTEN =
      new Failure(
          FailureKind.LOST,
          "The work was interrupted by a restart or a crash, each time it was tried.");

  private LostTask() {}
}
