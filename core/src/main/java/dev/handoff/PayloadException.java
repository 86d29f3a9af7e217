package dev.handoff;

/// A request or result cannot be written or read as what its task type says. Change the value, or
/// the type.
public final class PayloadException extends HandoffException {
  private static final long serialVersionUID = 1L;

  /// Creates the exception with the reason as its message.
  public PayloadException(String message) {
    super(message);
  }

  /// With the library's exception as its cause.
  public PayloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
