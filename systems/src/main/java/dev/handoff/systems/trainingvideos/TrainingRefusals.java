package dev.handoff.systems.trainingvideos;

import dev.handoff.systems.http.RefusalForm;
import dev.handoff.systems.trainingvideos.ModuleViews.ErrorView;
import java.util.List;

/// Refusals before these calls are reached, in their form.
final class TrainingRefusals implements RefusalForm {
  private static final List<String> CALLS =
      List.of(
          "/api/upload",
          "/api/modules",
          "/api/steps",
          "/api/reprocess",
          "/api/ai",
          "/api/share",
          "/api/video-url",
          "/api/feedback",
          "/api/training",
          "/uploads");

  @Override
  public boolean covers(String path) {
    return CALLS.stream().anyMatch(call -> path.equals(call) || path.startsWith(call + "/"));
  }

  @Override
  public Object body(Refusal refusal) {
    return new ErrorView(refusal.words());
  }
}
