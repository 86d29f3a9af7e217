package dev.handoff.systems.trainingvideos;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.CurrentAccount;
import dev.handoff.systems.accounts.Role;
import dev.handoff.systems.http.JsonBody;
import dev.handoff.systems.http.RefusedException;
import dev.handoff.systems.trainingvideos.ModuleViews.Analytics;
import dev.handoff.systems.trainingvideos.ModuleViews.Changed;
import dev.handoff.systems.trainingvideos.ModuleViews.Config;
import dev.handoff.systems.trainingvideos.ModuleViews.Deleted;
import dev.handoff.systems.trainingvideos.ModuleViews.ListedModule;
import dev.handoff.systems.trainingvideos.ModuleViews.ModuleList;
import dev.handoff.systems.trainingvideos.ModuleViews.ModuleView;
import dev.handoff.systems.trainingvideos.ModuleViews.Reprocessing;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class ModuleController {
  private static final int LONGEST_DESCRIPTION = 2_000;

  private final TrainingModules modules;
  private final ModuleTable table;
  private final ModuleStandings standings;
  private final StageTimes times;
  private final CurrentAccount currentAccount;
  private final Supplier<Config> config;

  ModuleController(
      TrainingModules modules,
      ModuleTable table,
      ModuleStandings standings,
      StageTimes times,
      CurrentAccount currentAccount,
      TrainingConfiguration.PageConfig config) {
    this.modules = modules;
    this.table = table;
    this.standings = standings;
    this.times = times;
    this.currentAccount = currentAccount;
    this.config = config;
  }

  @GetMapping("/api/modules")
  ResponseEntity<ModuleList> list(HttpServletRequest request) {
    var listed =
        modules.list(caller(request)).stream()
            .map(module -> ListedModule.of(module, standings.of(module)))
            .toList();
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(new ModuleList(true, listed));
  }

  @GetMapping("/api/modules/{id}")
  ResponseEntity<ModuleView> show(@PathVariable String id, HttpServletRequest request) {
    TrainingModule module = own(id, request);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(ModuleView.of(module, standings.of(module), table.steps(id)));
  }

  @PutMapping("/api/modules/{id}")
  Changed rename(@PathVariable String id, HttpServletRequest request) throws IOException {
    TrainingModule module = own(id, request);
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
  Deleted delete(@PathVariable String id, HttpServletRequest request) {
    if (!modules.delete(id, caller(request))) {
      throw RefusedException.of(404, StepEditor.NO_MODULE);
    }
    return Deleted.of(id);
  }

  @PostMapping("/api/reprocess/{id}")
  ResponseEntity<Reprocessing> reprocess(@PathVariable String id, HttpServletRequest request) {
    modules.reprocess(id, caller(request));
    return ResponseEntity.accepted().body(Reprocessing.of(id));
  }

  @GetMapping("/api/training/config")
  Config config(HttpServletRequest request) {
    var _ = currentAccount.of(request);
    return config.get();
  }

  @GetMapping("/api/training/analytics")
  Analytics analytics(HttpServletRequest request) {
    Account account = currentAccount.of(request);
    boolean everybodys = account.role() == Role.ADMIN;
    return times.of(everybodys ? Optional.empty() : Optional.of(account.id().toString()));
  }

  private TrainingModule own(String id, HttpServletRequest request) {
    return modules
        .find(id, caller(request))
        .orElseThrow(() -> RefusedException.of(404, StepEditor.NO_MODULE));
  }

  private Caller caller(HttpServletRequest request) {
    return currentAccount.of(request).asCaller();
  }
}
