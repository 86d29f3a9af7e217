package dev.handoff;

/// The root of everything Handoff throws on purpose. Subclasses are named for what the caller can
/// do about them; a message says what happened, to which thing, and what to do next.
public class HandoffException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// An exception without a cause of its own.
  public HandoffException(String message) {
    super(message);
  }

  /// An exception that keeps what caused it.
  public HandoffException(String message, Throwable cause) {
    super(message, cause);
  }
}
