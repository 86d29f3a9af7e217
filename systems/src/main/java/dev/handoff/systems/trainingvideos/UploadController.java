package dev.handoff.systems.trainingvideos;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.CurrentAccount;
import dev.handoff.systems.accounts.Role;
import dev.handoff.systems.http.RefusedException;
import dev.handoff.systems.trainingvideos.ModuleViews.StatusView;
import dev.handoff.systems.trainingvideos.ModuleViews.Uploaded;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Takes videos and tells how far they are.
@RestController
final class UploadController {
  static final String UPLOAD = "/api/upload";
  static final String STATUS = "/api/upload/status/";

  private final UploadReader uploads;
  private final TrainingModules modules;
  private final ModuleTable table;
  private final ModuleStandings standings;
  private final CurrentAccount currentAccount;
  private final TrainingLog log;

  UploadController(
      UploadReader uploads,
      TrainingModules modules,
      ModuleTable table,
      ModuleStandings standings,
      CurrentAccount currentAccount,
      TrainingLog log) {
    this.uploads = uploads;
    this.modules = modules;
    this.table = table;
    this.standings = standings;
    this.currentAccount = currentAccount;
    this.log = log;
  }

  @PostMapping(UPLOAD)
  ResponseEntity<Uploaded> upload(HttpServletRequest request) throws IOException {
    Account account = currentAccount.of(request);
    Caller caller = account.asCaller();
    long begun = System.nanoTime();
    Upload upload = uploads.receive(request, new Trainer(account.role(), caller));
    modules.begin(upload, caller);
    log.uploadComplete(upload.id(), Duration.ofNanos(System.nanoTime() - begun));
    return ResponseEntity.status(HttpStatus.CREATED).body(Uploaded.of(upload.id()));
  }

  @GetMapping(STATUS + "{id}")
  ResponseEntity<StatusView> status(@PathVariable String id, HttpServletRequest request) {
    TrainingModule module =
        modules
            .find(id, currentAccount.of(request).asCaller())
            .orElseThrow(() -> RefusedException.of(404, StepEditor.NO_MODULE));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(StatusView.of(module, standings.of(module), table.steps(id)));
  }

  private final class Trainer implements UploadReader.Sender {
    private final Role role;
    private final Caller caller;

    Trainer(Role role, Caller caller) {
      this.role = role;
      this.caller = caller;
    }

    @Override
    public void check() {
      if (role == Role.USER) {
        throw RefusedException.of(403, "Only trainers can upload videos");
      }
      modules.requireRoom(caller);
    }

    @Override
    public void begins(String moduleId) {
      log.uploadStarted(moduleId);
    }
  }
}
