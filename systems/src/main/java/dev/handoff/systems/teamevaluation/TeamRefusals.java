package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.http.RefusalForm;
import dev.handoff.systems.teamevaluation.SummaryViews.RefusedView;
import java.util.List;

/// How requests without a good login are answered under the paths of this system.
final class TeamRefusals implements RefusalForm {
  private static final List<String> CALLS =
      List.of(SummaryController.CALLS, SummaryController.BARE_CALLS, EvaluationController.CALLS);

  @Override
  public boolean covers(String path) {
    return CALLS.stream().anyMatch(call -> path.equals(call) || path.startsWith(call + "/"));
  }

  @Override
  public Object body(Refusal refusal) {
    return new RefusedView(
        switch (refusal.why()) {
          case NO_LOGIN -> CurrentMember.NO_LOGIN;
          case EXPIRED_LOGIN -> CurrentMember.EXPIRED;
          case BAD_LOGIN -> CurrentMember.BAD_TOKEN;
          case OTHER -> refusal.words();
        });
  }
}
