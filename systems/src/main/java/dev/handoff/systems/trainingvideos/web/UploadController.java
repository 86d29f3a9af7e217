package dev.handoff.systems.trainingvideos.web;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.Role;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.Uncached;
import dev.handoff.systems.trainingvideos.ModuleStandings;
import dev.handoff.systems.trainingvideos.ModuleTable;
import dev.handoff.systems.trainingvideos.TrainingLog;
import dev.handoff.systems.trainingvideos.TrainingModule;
import dev.handoff.systems.trainingvideos.TrainingModules;
import dev.handoff.systems.trainingvideos.TrainingRefusals;
import dev.handoff.systems.trainingvideos.Upload;
import dev.handoff.systems.trainingvideos.web.ModuleViews.StatusView;
import dev.handoff.systems.trainingvideos.web.ModuleViews.UploadedModule;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Takes videos and tells how far they are.
@RestController
record UploadController(
    UploadReader uploads,
    TrainingModules modules,
    ModuleTable table,
    ModuleStandings standings,
    TrainingLog log) {
  static final String UPLOAD = "/api/upload";
  static final String STATUS = "/api/upload/status/";

  @PostMapping(UPLOAD)
  ResponseEntity<UploadedModule> upload(Account account, HttpServletRequest request)
      throws IOException {
    Caller caller = account.asCaller();
    long begun = System.nanoTime();
    Upload upload = uploads.receive(request, new Trainer(account.role(), caller));
    modules.begin(upload, caller);
    log.uploadComplete(upload.id(), Duration.ofNanos(System.nanoTime() - begun));
    return ResponseEntity.status(HttpStatus.CREATED).body(UploadedModule.of(upload.id()));
  }

  @GetMapping(STATUS + "{id}")
  ResponseEntity<StatusView> status(@PathVariable String id, Caller caller) {
    TrainingModule module = modules.find(id, caller).orElseThrow(TrainingRefusals::noModule);
    return Uncached.of(StatusView.of(module, standings.of(module), table.steps(id)));
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
