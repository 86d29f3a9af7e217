package dev.handoff.ai.provider;

/// What the provider sent has not the form of an answer.
final class UnreadableAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableAnswerException() {
    super("not the form of an answer");
  }

  UnreadableAnswerException(Exception cause) {
    super(cause);
  }
}
