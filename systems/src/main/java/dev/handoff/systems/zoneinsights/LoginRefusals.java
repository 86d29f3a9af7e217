package dev.handoff.systems.zoneinsights;

import dev.handoff.systems.http.CodedError;
import dev.handoff.systems.http.RefusalForm;
import java.time.InstantSource;
import java.util.List;

/// How requests without a good login are answered under the paths of this system.
record LoginRefusals(InstantSource clock) implements RefusalForm {
  private static final String INSIGHTS = "/api/zone-insights";

  /// The paths of the calls.
  static final List<String> CALLS =
      List.of(
          "/api/topics",
          "/api/test-sessions",
          "/api/test-answers",
          "/api/time-tracking",
          "/api/tasks",
          INSIGHTS);

  @Override
  public boolean covers(String path) {
    return CALLS.stream().anyMatch(call -> path.equals(call) || path.startsWith(call + "/"));
  }

  @Override
  public Object body(Refusal refusal) {
    if (refusal.path().startsWith(INSIGHTS)) {
      return InsightViews.RefusedView.of(
          refusal.status() == 401 ? InsightErrors.NO_LOGIN : refusal.words());
    }
    return switch (refusal.why()) {
      case NO_LOGIN -> refused("AUTH_REQUIRED", Refused.NO_LOGIN);
      case EXPIRED_LOGIN, BAD_LOGIN -> refused("AUTH_TOKEN_INVALID", Refused.BAD_LOGIN);
      case OTHER -> refused(Refused.of(refusal.status(), "").code(), refusal.words());
    };
  }

  private CodedError refused(String code, String words) {
    return CodedError.of(code, words, clock.instant());
  }
}
