package dev.handoff.systems.trainingvideos.web;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.Role;
import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.Uncached;
import dev.handoff.systems.trainingvideos.ModuleFiles;
import dev.handoff.systems.trainingvideos.ModuleStandings;
import dev.handoff.systems.trainingvideos.ModuleTable;
import dev.handoff.systems.trainingvideos.StageTimes;
import dev.handoff.systems.trainingvideos.Step;
import dev.handoff.systems.trainingvideos.TrainingModule;
import dev.handoff.systems.trainingvideos.TrainingModules;
import dev.handoff.systems.trainingvideos.TrainingRefusals;
import dev.handoff.systems.trainingvideos.web.ModuleViews.Analytics;
import dev.handoff.systems.trainingvideos.web.ModuleViews.Changed;
import dev.handoff.systems.trainingvideos.web.ModuleViews.Config;
import dev.handoff.systems.trainingvideos.web.ModuleViews.Deleted;
import dev.handoff.systems.trainingvideos.web.ModuleViews.ListedModule;
import dev.handoff.systems.trainingvideos.web.ModuleViews.ModuleList;
import dev.handoff.systems.trainingvideos.web.ModuleViews.ModuleView;
import dev.handoff.systems.trainingvideos.web.ModuleViews.Playback;
import dev.handoff.systems.trainingvideos.web.ModuleViews.Reprocessing;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
record ModuleController(
    TrainingModules modules,
    ModuleTable table,
    ModuleFiles files,
    ModuleStandings standings,
    StageTimes times,
    TrainingWebConfiguration.PageConfig config) {
  private static final int LONGEST_DESCRIPTION = 2_000;

  @GetMapping("/api/modules")
  ResponseEntity<ModuleList> list(Caller caller) {
    var listed =
        modules.list(caller).stream()
            .map(module -> ListedModule.of(module, standings.of(module)))
            .toList();
    return Uncached.of(new ModuleList(true, listed));
  }

  @GetMapping("/api/modules/{id}")
  ResponseEntity<ModuleView> show(@PathVariable String id, Caller caller) {
    TrainingModule module = own(id, caller);
    boolean hasCaptions = table.material(id).filter(made -> !made.captions().isEmpty()).isPresent();
    return Uncached.of(
        ModuleView.of(
            module,
            standings.of(module),
            table.steps(id),
            new Playback(files.hasVideo(id), hasCaptions)));
  }

  @PutMapping("/api/modules/{id}")
  Changed rename(@PathVariable String id, Caller caller, HttpServletRequest request)
      throws IOException {
    TrainingModule module = own(id, caller);
    JsonBody body = JsonBody.of(request);
    String title = body.text("title").map(String::strip).orElse(module.about().title());
    String description = body.text("description").orElse(module.about().description());
    if (title.isEmpty() || title.length() > Step.LONGEST_TITLE || title.indexOf('\0') >= 0) {
      throw RefusedException.badRequest("A title has 1 to 200 characters");
    }
    if (description.length() > LONGEST_DESCRIPTION || description.indexOf('\0') >= 0) {
      throw RefusedException.badRequest("A description has at most 2000 characters");
    }
    table.rename(id, title, description);
    return new Changed(true, id);
  }

  @DeleteMapping("/api/modules/{id}")
  Deleted delete(@PathVariable String id, Caller caller) {
    if (!modules.delete(id, caller)) {
      throw TrainingRefusals.noModule();
    }
    return Deleted.of(id);
  }

  @PostMapping("/api/modules/{id}/cancel")
  ResponseEntity<ModuleView> cancel(@PathVariable String id, Caller caller) throws IOException {
    modules.cancel(id, caller);
    return show(id, caller);
  }

  @PostMapping("/api/reprocess/{id}")
  ResponseEntity<Reprocessing> reprocess(@PathVariable String id, Caller caller) {
    modules.reprocess(id, caller);
    return ResponseEntity.accepted().body(Reprocessing.of(id));
  }

  @GetMapping("/api/training/config")
  Config config(Account anybody) {
    return config.get();
  }

  @GetMapping("/api/training/analytics")
  Analytics analytics(Account account) {
    boolean everybodys = account.role() == Role.ADMIN;
    return Analytics.of(
        times.of(everybodys ? Optional.empty() : Optional.of(account.id().toString())));
  }

  private TrainingModule own(String id, Caller caller) {
    return modules.find(id, caller).orElseThrow(TrainingRefusals::noModule);
  }
}
