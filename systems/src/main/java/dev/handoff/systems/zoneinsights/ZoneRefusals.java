package dev.handoff.systems.zoneinsights;

import dev.handoff.systems.kit.CodedError;
import dev.handoff.systems.kit.Refusal;
import dev.handoff.systems.kit.Refusal.Why;
import dev.handoff.systems.kit.RefusalForm;
import dev.handoff.systems.kit.RefusedException;
import java.time.InstantSource;

/// How this system refuses: the calls of a test with codes, those that read insights without.
record ZoneRefusals(InstantSource clock) implements RefusalForm {
  /// 400: the caller has to change the request.
  static RefusedException invalid(String words) {
    return RefusedException.badRequest(words);
  }

  /// 404: unknown, malformed or somebody else's.
  static RefusedException notFound() {
    return RefusedException.of(404, "Resource not found");
  }

  /// 422: the test takes no answers any more.
  static RefusedException over(String words) {
    return RefusedException.of(422, words).withCode("TEST_ALREADY_COMPLETED");
  }

  @Override
  public Answer answer(Refusal refusal, String path) {
    String words = refusal.is(Why.DEFECT) ? "Internal server error" : refusal.words();
    return new Answer(
        refusal.status(),
        path.startsWith("/api/zone-insights")
            ? InsightViews.RefusedView.of(
                refusal.status() == 401 ? "User not properly authenticated" : words)
            : CodedError.of(
                code(refusal), loginWords(refusal, words), clock.instant(), refusal.details()));
  }

  private static boolean isBadToken(Refusal refusal) {
    return refusal.is(Why.EXPIRED_LOGIN) || refusal.is(Why.BAD_LOGIN);
  }

  private static String loginWords(Refusal refusal, String words) {
    if (refusal.status() != 401) {
      return words;
    }
    return isBadToken(refusal)
        ? "Authentication failed"
        : "Authentication credentials were not provided";
  }

  private static String code(Refusal refusal) {
    if (refusal.code() != null) {
      return refusal.code();
    }
    return switch (refusal.status()) {
      case 401 -> isBadToken(refusal) ? "AUTH_TOKEN_INVALID" : "AUTH_REQUIRED";
      case 404 -> "NOT_FOUND";
      case 429 -> "RATE_LIMITED";
      default -> refusal.status() < 500 ? "INVALID_INPUT" : "SERVER_ERROR";
    };
  }
}
