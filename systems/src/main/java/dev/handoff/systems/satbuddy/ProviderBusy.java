package dev.handoff.systems.satbuddy;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rule for which failures are worth another try: those that speak of a quota or a rate limit,
/// in any case, wherever in the chain. All others fail at once.
public final class ProviderBusy {
  /// What a person reads while another try is to come.
  public static final String TRYING_AGAIN = "The AI is busy, trying again shortly";

  private static final String GIVING_UP = "The AI is busy. Please try again later.";
  private static final String WITHOUT_QUOTA =
      "The quota at the AI provider is used up, trying again shortly";
  private static final int DEPTH = 20;

  private ProviderBusy() {}

  /// The failure as the engine and the person should see it.
  static AttemptException sort(AttemptException failure, Tries tries) {
    Optional<FailureKind> busy = busyKind(failure);
    if (busy.isEmpty()) {
      return failure;
    }
    boolean more = failure.retryAfter().isPresent() || tries.attempt() <= tries.retries();
    AttemptException sorted =
        AttemptException.of(busy.get(), words(failure, more)).causedBy(failure);
    return failure.retryAfter().map(sorted::retryAfter).orElse(sorted);
  }

  // An empty quota does not pass like a rush does: whoever pays has to hear of it.
  private static String words(AttemptException failure, boolean more) {
    if (failure.kind() == FailureKind.QUOTA_EXCEEDED) {
      return more ? WITHOUT_QUOTA : failure.message();
    }
    return more ? TRYING_AGAIN : GIVING_UP;
  }

  /// The number of this attempt, and how many may follow the first one.
  record Tries(int attempt, int retries) {}

  private static Optional<FailureKind> busyKind(AttemptException failure) {
    return switch (failure.kind()) {
      case RATE_LIMITED, QUOTA_EXCEEDED -> Optional.of(failure.kind());
      case ERROR,
          TIMEOUT,
          REFUSED,
          BAD_OUTPUT,
          UNAVAILABLE,
          INVALID_REQUEST,
          MISCONFIGURED,
          UNREADABLE,
          LOST ->
          spokenOf(failure);
    };
  }

  private static Optional<FailureKind> spokenOf(AttemptException failure) {
    @Nullable Throwable at = failure;
    for (int depth = 0; at != null && depth < DEPTH; depth++) {
      String words = String.valueOf(at.getMessage()).toLowerCase(Locale.ROOT);
      if (words.contains("quota")) {
        return Optional.of(FailureKind.QUOTA_EXCEEDED);
      }
      if (words.contains("rate limit")) {
        return Optional.of(FailureKind.RATE_LIMITED);
      }
      at = at.getCause();
    }
    return Optional.empty();
  }
}
