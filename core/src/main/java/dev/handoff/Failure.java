package dev.handoff;

import java.util.Objects;

/// Why an attempt or a task failed, in words that the person waiting may read.
public record Failure(FailureKind kind, String message) {
  /// Longer messages are cut; 2,000 characters are two screens on a phone.
  public static final int MESSAGE_LIMIT = 2_000;

  /// Cuts a message that is over [#MESSAGE_LIMIT].
  public Failure {
    Objects.requireNonNull(kind, "a failure has a kind");
    message = Texts.cut(message, MESSAGE_LIMIT);
  }
}
