package dev.handoff.systems.trainingvideos;

import dev.handoff.systems.kit.RefusedException;

/// Refusals that several calls share.
public final class TrainingRefusals {
  private static final String NO_MODULE = "Module not found";

  private TrainingRefusals() {}

  /// 404: unknown, or somebody else's.
  public static RefusedException noModule() {
    return RefusedException.of(404, NO_MODULE);
  }

  /// The same where clients look for the module's id.
  public static RefusedException noSteps(String module) {
    return RefusedException.of(404, "Steps not found").with("moduleId", module);
  }
}
