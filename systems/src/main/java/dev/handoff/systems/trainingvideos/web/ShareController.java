package dev.handoff.systems.trainingvideos.web;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.SiteProperties;
import dev.handoff.systems.audit.AuditEvent;
import dev.handoff.systems.audit.AuditKind;
import dev.handoff.systems.audit.AuditLog;
import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.Uncached;
import dev.handoff.systems.trainingvideos.ModuleShares;
import dev.handoff.systems.trainingvideos.ModuleShares.Share;
import dev.handoff.systems.trainingvideos.ModuleShares.ShareTerms;
import dev.handoff.systems.trainingvideos.TrainingModules;
import dev.handoff.systems.trainingvideos.TrainingRefusals;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Trainers make links to their modules, and end them.
@RestController
record ShareController(
    TrainingModules modules, ModuleShares shares, SiteProperties site, AuditLog audit) {
  /// A new share: the only answer with its token.
  record NewShare(String token, String url) {}

  record ShareList(List<ShareView> shares) {}

  /// @param id ends the share in place of its token
  record ShareView(String id, String createdAt, @Nullable String expiresAt, boolean transcript) {
    static ShareView of(Share share) {
      Instant end = share.expiresAt();
      return new ShareView(
          share.id(),
          share.createdAt().toString(),
          end == null ? null : end.toString(),
          share.transcript());
    }
  }

  @PostMapping("/api/modules/{id}/shares")
  ResponseEntity<NewShare> make(@PathVariable String id, Caller caller, HttpServletRequest request)
      throws IOException {
    requireOwn(id, caller);
    ShareTerms terms = ShareRequests.terms(JsonBody.ofOptional(request));
    String token = shares.make(id, caller.owner(), terms);
    audit.noteAfterwards(AuditEvent.of(AuditKind.SHARE_MADE).target(id));
    return ResponseEntity.status(HttpStatus.CREATED)
        .cacheControl(CacheControl.noStore())
        .body(new NewShare(token, site.base(request.getServerPort()) + "/share/" + token));
  }

  @GetMapping("/api/modules/{id}/shares")
  ResponseEntity<ShareList> list(@PathVariable String id, Caller caller) {
    requireOwn(id, caller);
    return Uncached.of(new ShareList(shares.list(id).stream().map(ShareView::of).toList()));
  }

  @DeleteMapping("/api/modules/{id}/shares/{token}")
  ResponseEntity<Void> end(@PathVariable String id, @PathVariable String token, Caller caller) {
    requireOwn(id, caller);
    if (!shares.end(id, token)) {
      throw RefusedException.of(404, "Share not found");
    }
    audit.noteAfterwards(AuditEvent.of(AuditKind.SHARE_ENDED).target(id));
    return ResponseEntity.noContent().build();
  }

  private void requireOwn(String id, Caller caller) {
    var _ = modules.find(id, caller).orElseThrow(TrainingRefusals::noModule);
  }
}
