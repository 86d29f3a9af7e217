package dev.handoff;

import java.time.Duration;

/// The store cannot take this now: it is away, or more waits than it can write. Nothing was stored;
/// try again after a while.
public final class StoreUnavailableException extends HandoffException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /// With the reason and a sensible wait before the next try.
  public StoreUnavailableException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /// Creates the exception with the time to wait and its cause.
  public StoreUnavailableException(String message, Duration retryAfter, Throwable cause) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  /// How long to wait before the next try.
  public Duration retryAfter() {
    return retryAfter;
  }
}
