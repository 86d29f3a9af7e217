package dev.handoff;

import java.time.Instant;

/// A task was submitted that had to start before a time in the past ([Submission#startBefore]).
/// Nothing was stored.
public final class StartPassedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// The time to start before, and the time of the submit.
  public StartPassedException(Instant startBefore, Instant now) {
    super("startBefore has passed: it was " + startBefore + ", and it is " + now);
  }
}
