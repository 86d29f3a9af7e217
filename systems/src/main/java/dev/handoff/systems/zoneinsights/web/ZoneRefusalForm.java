package dev.handoff.systems.zoneinsights.web;

import dev.handoff.systems.kit.CodedError;
import dev.handoff.systems.kit.Refusal;
import dev.handoff.systems.kit.Refusal.Why;
import dev.handoff.systems.kit.RefusalForm;
import dev.handoff.systems.zoneinsights.ZoneRefusals;
import java.time.InstantSource;

/// How this system refuses: the calls of a test with codes, those that read insights without.
record ZoneRefusalForm(InstantSource clock) implements RefusalForm {
  @Override
  public Answer answer(Refusal refusal, String path) {
    String words = refusal.is(Why.DEFECT) ? "Internal server error" : refusal.words();
    return new Answer(
        refusal.status(),
        path.startsWith("/api/zone-insights")
            ? InsightViews.RefusedView.of(
                refusal.status() == 401 ? "User not properly authenticated" : words)
            : CodedError.of(
                code(refusal), knownWords(refusal, words), clock.instant(), refusal.details()));
  }

  private static boolean isBadToken(Refusal refusal) {
    return refusal.is(Why.EXPIRED_LOGIN)
        || refusal.is(Why.BAD_LOGIN)
        || refusal.is(Why.MOVED_LOGIN);
  }

  private static String knownWords(Refusal refusal, String words) {
    if (refusal.is(Why.UNROUTED) && refusal.status() == 404) {
      return ZoneRefusals.NOT_FOUND;
    }
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
