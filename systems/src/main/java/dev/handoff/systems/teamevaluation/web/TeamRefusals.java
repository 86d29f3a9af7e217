package dev.handoff.systems.teamevaluation.web;

import dev.handoff.systems.kit.Refusal;
import dev.handoff.systems.kit.Refusal.Why;
import dev.handoff.systems.kit.RefusalForm;
import dev.handoff.systems.teamevaluation.web.SummaryViews.RefusedView;

/// How this system refuses: in the field `detail`, unlike the others.
final class TeamRefusals implements RefusalForm {
  @Override
  public Answer answer(Refusal refusal, String path) {
    String words =
        switch (refusal.why()) {
          case NO_LOGIN -> CurrentMember.NO_LOGIN;
          case EXPIRED_LOGIN -> "Session expired";
          case BAD_LOGIN -> CurrentMember.BAD_TOKEN;
          default -> refusal.words();
        };
    // What cannot be read is of the wrong form, as a wrong id is.
    int status = refusal.is(Why.UNREADABLE) ? 422 : refusal.status();
    return new Answer(status, new RefusedView(words));
  }
}
