package dev.handoff.systems.trainingvideos.web;

import dev.handoff.systems.kit.Refusal;
import dev.handoff.systems.kit.Refusal.Why;
import dev.handoff.systems.kit.RefusalAnswers;
import dev.handoff.systems.kit.RefusalForm;
import dev.handoff.systems.trainingvideos.TrainingLimits;
import java.util.LinkedHashMap;
import java.util.Map;

/// How this system refuses: in the field `error`, with 500 whatever the server's reason.
record TrainingRefusalForm(TrainingLimits limits) implements RefusalForm {
  @Override
  public Answer answer(Refusal refusal, String path) {
    boolean failed = refusal.is(Why.UNAVAILABLE) || refusal.is(Why.DEFECT);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(
        "error",
        path.startsWith(UploadController.UPLOAD) ? ofUpload(refusal, path) : words(refusal));
    body.putAll(refusal.details());
    return new Answer(failed ? 500 : refusal.status(), body);
  }

  private String ofUpload(Refusal refusal, String path) {
    return switch (refusal.why()) {
      case TOO_LARGE -> limits.tooLarge();
      case UNAVAILABLE, DEFECT ->
          path.startsWith(UploadController.STATUS) ? "Status check failed" : "Upload failed";
      default -> refusal.words();
    };
  }

  private static String words(Refusal refusal) {
    return refusal.is(Why.UNAVAILABLE) ? RefusalAnswers.OUR_FAULT : refusal.words();
  }
}
