package dev.handoff.systems.teamevaluation.web;

import dev.handoff.systems.kit.Refusal;
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
          case MOVED_LOGIN -> CurrentMember.OTHER_SCHOOL;
          default -> refusal.words();
        };
    int status =
        switch (refusal.why()) {
          // What cannot be read is of the wrong form, as a wrong id is.
          case UNREADABLE -> 422;
          case MOVED_LOGIN -> 403;
          default -> refusal.status();
        };
    return new Answer(status, new RefusedView(words));
  }
}
