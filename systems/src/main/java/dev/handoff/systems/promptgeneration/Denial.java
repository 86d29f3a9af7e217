package dev.handoff.systems.promptgeneration;

import dev.handoff.AttemptException;
import dev.handoff.Failure;
import dev.handoff.FailureKind;
import java.util.Arrays;
import java.util.Optional;

/// Why somebody may not have a prompt generated, in the order of the checks. A task that is denied
/// fails with these words; from them its code is found again.
public enum Denial {
  NO_SUBSCRIPTION("No active subscription found", FailureKind.INVALID_REQUEST),
  SUBSCRIPTION_DEACTIVATED("Subscription has been deactivated", FailureKind.INVALID_REQUEST),
  SUBSCRIPTION_EXPIRED("Subscription has expired", FailureKind.INVALID_REQUEST),
  NO_TOKENS_REMAINING("No tokens remaining in subscription", FailureKind.QUOTA_EXCEEDED),
  INSUFFICIENT_TOKENS("Insufficient tokens. Required: ", FailureKind.QUOTA_EXCEEDED);

  private final String words;
  private final FailureKind kind;

  Denial(String words, FailureKind kind) {
    this.words = words;
    this.kind = kind;
  }

  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  AttemptException asFailure() {
    return AttemptException.of(kind, words);
  }

  static AttemptException insufficient(long required, long available) {
    return AttemptException.of(
        INSUFFICIENT_TOKENS.kind,
        INSUFFICIENT_TOKENS.words + required + ", Available: " + available);
  }

  /// Which one a task failed with, if it was one.
  public static Optional<Denial> in(Failure failure) {
    return Arrays.stream(values())
        .filter(denial -> denial.kind == failure.kind())
        .filter(denial -> failure.message().startsWith(denial.words))
        .findFirst();
  }
}
