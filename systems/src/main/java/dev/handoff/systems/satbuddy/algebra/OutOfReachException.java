package dev.handoff.systems.satbuddy.algebra;

/// A question that this algebra does not answer, with the reason in words for a pupil.
final class OutOfReachException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutOfReachException(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    String reason = getMessage();
    return reason == null ? "" : reason;
  }
}
