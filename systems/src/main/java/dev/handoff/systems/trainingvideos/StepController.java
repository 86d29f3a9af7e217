package dev.handoff.systems.trainingvideos;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.accounts.CurrentAccount;
import dev.handoff.systems.http.JsonBody;
import dev.handoff.systems.http.RefusedException;
import dev.handoff.systems.trainingvideos.MaterialViews.Material;
import dev.handoff.systems.trainingvideos.ModuleViews.Answered;
import dev.handoff.systems.trainingvideos.ModuleViews.Rewritten;
import dev.handoff.systems.trainingvideos.ModuleViews.StepList;
import dev.handoff.systems.trainingvideos.ModuleViews.StepsChanged;
import dev.handoff.systems.trainingvideos.StepEditor.NoStepsException;
import dev.handoff.systems.trainingvideos.StepRequests.Edit;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/// The steps of a trainer's modules, and the assistant beside them.
@RestController
final class StepController {
  private final ModuleTable table;
  private final StepEditor editor;
  private final TrainingAssistant assistant;
  private final CurrentAccount currentAccount;

  StepController(
      ModuleTable table,
      StepEditor editor,
      TrainingAssistant assistant,
      CurrentAccount currentAccount) {
    this.table = table;
    this.editor = editor;
    this.assistant = assistant;
    this.currentAccount = currentAccount;
  }

  @GetMapping({"/api/modules/{id}/steps", "/api/steps/{id}"})
  ResponseEntity<StepList> steps(@PathVariable String id, HttpServletRequest request) {
    var _ = table.find(id, caller(request).owner()).orElseThrow(NoStepsException::new);
    var steps = table.steps(id);
    Optional<Material> material = table.material(id);
    if (steps.isEmpty() && material.isEmpty()) {
      throw new NoStepsException();
    }
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(StepList.of(id, steps, material));
  }

  @PostMapping("/api/steps/{id}")
  StepsChanged change(@PathVariable String id, HttpServletRequest request) throws IOException {
    Caller caller = caller(request);
    return changed(StepRequests.edit(known(id, caller, request)), id, caller);
  }

  @PutMapping("/api/steps/{id}")
  StepsChanged replace(@PathVariable String id, HttpServletRequest request) throws IOException {
    Caller caller = caller(request);
    return changed(StepRequests.replacement(known(id, caller, request)), id, caller);
  }

  // Whose module it is comes before what is asked of it.
  private JsonBody known(String id, Caller caller, HttpServletRequest request) throws IOException {
    var _ = table.find(id, caller.owner()).orElseThrow(NoStepsException::new);
    return JsonBody.of(request);
  }

  private StepsChanged changed(Edit edit, String id, Caller caller) {
    return new StepsChanged(true, id, editor.apply(edit, id, caller), edit.word());
  }

  @PostMapping("/api/steps/{id}/rewrite")
  Rewritten rewrite(@PathVariable String id, HttpServletRequest request)
      throws IOException, InterruptedException {
    JsonBody body = known(id, caller(request), request);
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
  Answered answer(HttpServletRequest request) throws IOException, InterruptedException {
    Caller caller = caller(request);
    Question question = QuestionReader.read(JsonBody.of(request), table, caller.owner());
    return new Answered(true, assistant.answer(question));
  }

  private Caller caller(HttpServletRequest request) {
    return currentAccount.of(request).asCaller();
  }
}
