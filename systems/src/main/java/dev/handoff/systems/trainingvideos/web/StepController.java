package dev.handoff.systems.trainingvideos.web;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.Uncached;
import dev.handoff.systems.trainingvideos.MaterialViews.Material;
import dev.handoff.systems.trainingvideos.ModuleTable;
import dev.handoff.systems.trainingvideos.Step;
import dev.handoff.systems.trainingvideos.StepEditor;
import dev.handoff.systems.trainingvideos.StepEditor.Edit;
import dev.handoff.systems.trainingvideos.TrainingAssistant;
import dev.handoff.systems.trainingvideos.TrainingRefusals;
import dev.handoff.systems.trainingvideos.web.ModuleViews.Answered;
import dev.handoff.systems.trainingvideos.web.ModuleViews.Rewritten;
import dev.handoff.systems.trainingvideos.web.ModuleViews.StepList;
import dev.handoff.systems.trainingvideos.web.ModuleViews.StepsChanged;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/// The steps of a trainer's modules, and the assistant beside them.
@RestController
record StepController(ModuleTable table, StepEditor editor, TrainingAssistant assistant) {
  @GetMapping({"/api/modules/{id}/steps", "/api/steps/{id}"})
  ResponseEntity<StepList> steps(@PathVariable String id, Caller caller) {
    requireOwn(id, caller);
    var steps = table.steps(id);
    Optional<Material> material = table.material(id);
    if (steps.isEmpty() && material.isEmpty()) {
      throw TrainingRefusals.noSteps(id);
    }
    return Uncached.of(StepList.of(id, steps, material));
  }

  @PostMapping("/api/steps/{id}")
  StepsChanged change(@PathVariable String id, Caller caller, HttpServletRequest request)
      throws IOException {
    requireOwn(id, caller);
    return changed(StepRequests.edit(JsonBody.of(request)), id, caller);
  }

  @PutMapping("/api/steps/{id}")
  StepsChanged replace(@PathVariable String id, Caller caller, HttpServletRequest request)
      throws IOException {
    requireOwn(id, caller);
    return changed(StepRequests.replacement(JsonBody.of(request)), id, caller);
  }

  // Whose module it is comes before what is asked of it.
  private void requireOwn(String id, Caller caller) {
    if (table.find(id, caller.owner()).isEmpty()) {
      throw TrainingRefusals.noSteps(id);
    }
  }

  private StepsChanged changed(Edit edit, String id, Caller caller) {
    return new StepsChanged(true, id, editor.apply(edit, id, caller), edit.word());
  }

  @PostMapping("/api/steps/{id}/rewrite")
  Rewritten rewrite(@PathVariable String id, Caller caller, HttpServletRequest request)
      throws IOException, InterruptedException {
    requireOwn(id, caller);
    JsonBody body = JsonBody.of(request);
    String text = body.text("text").map(String::strip).orElse("");
    if (text.isEmpty()) {
      throw RefusedException.badRequest("Text is required");
    }
    String instruction =
        body.text("instruction")
            .map(String::strip)
            .filter(words -> !words.isEmpty())
            .orElse(TrainingAssistant.USUAL_INSTRUCTION);
    if (text.length() > Step.LONGEST_TEXT || instruction.length() > Step.LONGEST_TEXT) {
      throw RefusedException.badRequest("Text is too long");
    }
    return new Rewritten(assistant.rewrite(text, instruction));
  }

  @PostMapping("/api/ai/contextual-response")
  Answered answer(Caller caller, JsonBody body) throws InterruptedException {
    return new Answered(true, assistant.answer(QuestionReader.read(body, table, caller.owner())));
  }
}
