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
    if (refusal.is(Why.UNROUTED) && (refusal.status() == 404 || refusal.status() == 405)) {
      return unknown(refusal);
    }
    boolean failed = refusal.is(Why.UNAVAILABLE) || refusal.is(Why.DEFECT);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(
        "error",
        path.startsWith(UploadController.UPLOAD) ? ofUpload(refusal, path) : words(refusal));
    body.putAll(refusal.details());
    return new Answer(failed ? 500 : refusal.status(), body);
  }

  // To the clients of this system another method is another route.
  private static Answer unknown(Refusal refusal) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", "Route not found");
    body.putAll(refusal.details());
    return new Answer(404, body);
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
