package dev.handoff;

import java.time.Duration;

/// The soft limit of a task type passed. Write a fallback now; the hard limit ends the attempt.
public final class SoftLimitException extends HandoffException {
  private static final long serialVersionUID = 1L;

  /// The task and its limit.
  public SoftLimitException(TaskId task, Duration limit) {
    super(
        "task "
            + task
            + " reached its soft limit of "
            + limit.toSeconds()
            + " seconds; return a fallback before the hard limit");
  }
}
