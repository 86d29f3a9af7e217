package dev.handoff.systems.trainingvideos.web;

import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.trainingvideos.ModuleTable;
import dev.handoff.systems.trainingvideos.Question;
import dev.handoff.systems.trainingvideos.Step;
import dev.handoff.systems.trainingvideos.StepEditor;
import dev.handoff.systems.trainingvideos.TrainingModule;
import dev.handoff.systems.trainingvideos.TrainingRefusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what a person asks the assistant: with a module's id the module's own steps count, without
/// one those that came along.
final class QuestionReader {
  private static final int LONGEST = 2_000;
  private static final int MOST_STEPS = 200;

  private QuestionReader() {}

  /// The question in this body.
  ///
  /// @throws RefusedException when there is none, or the module is not the owner's
  static Question read(JsonBody body, ModuleTable modules, String owner) {
    String words = body.text("userMessage").map(String::strip).orElse("");
    if (words.isEmpty()) {
      throw RefusedException.badRequest("User message is required");
    }
    if (words.length() > LONGEST) {
      throw RefusedException.badRequest("User message is too long");
    }
    Optional<String> id = body.text("moduleId").filter(text -> !text.isEmpty());
    Optional<TrainingModule> module =
        id.map(text -> modules.find(text, owner).orElseThrow(TrainingRefusals::noModule));
    List<Step> steps = module.map(found -> modules.steps(found.id())).orElseGet(() -> sent(body));
    return new Question(
        words,
        steps,
        current(body, steps),
        body.decimal("videoTime").orElse(0.0),
        module.map(found -> found.about().title()).orElse(""));
  }

  private static List<Step> sent(JsonBody body) {
    List<Step> steps = new ArrayList<>();
    try {
      for (JsonBody step : body.objects("allSteps")) {
        steps.add(StepRequests.step(step, false));
      }
    } catch (IllegalArgumentException outOfBounds) {
      throw RefusedException.badRequest(StepEditor.BAD_DATA);
    }
    if (steps.size() > MOST_STEPS) {
      throw RefusedException.badRequest(StepEditor.BAD_DATA);
    }
    return steps;
  }

  // The step itself, or its place.
  private static int current(JsonBody body, List<Step> steps) {
    Optional<JsonBody> step = body.object("currentStep");
    if (step.isEmpty()) {
      long place = body.whole("currentStep").orElse(-1L);
      return place < -1 || place >= steps.size() ? -1 : (int) place;
    }
    String id = step.get().text("id").orElse("");
    for (int place = 0; place < steps.size(); place++) {
      if (steps.get(place).id().equals(id)) {
        return place;
      }
    }
    return -1;
  }
}
