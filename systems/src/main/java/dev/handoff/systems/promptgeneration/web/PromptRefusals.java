package dev.handoff.systems.promptgeneration.web;

import dev.handoff.systems.kit.Refusal;
import dev.handoff.systems.kit.RefusalForm;
import dev.handoff.systems.promptgeneration.web.PromptViews.NotDone;
import dev.handoff.systems.promptgeneration.web.PromptViews.Status;

/// How this system refuses: calls in the field `message`, unlike the others, and with 500 whatever
/// the server's reason. What is refused before a call has the usual form.
final class PromptRefusals implements RefusalForm {
  @Override
  public Answer answer(Refusal refusal, String path) {
    return switch (refusal.why()) {
      // A body that cannot be read has no notes in it.
      case UNREADABLE -> new Answer(refusal.status(), NotDone.of(PromptRequests.REQUIRED));
      case REFUSED, INVALID -> new Answer(refusal.status(), NotDone.of(refusal.words()));
      case UNAVAILABLE, DEFECT -> new Answer(500, failed(path));
      default -> USUAL.answer(refusal, path);
    };
  }

  private static Record failed(String path) {
    String call = path.substring(PromptController.CALLS.length());
    if (call.startsWith("/generate-prompt-async/status/")) {
      return Status.broken();
    }
    return NotDone.of(
        call.startsWith("/generate-prompt-async")
            ? "Failed to start prompt generation"
            : PromptController.NOT_MADE);
  }
}
