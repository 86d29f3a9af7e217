package dev.handoff.systems.accounts.people;

import dev.handoff.systems.accounts.AccessTokens;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.LoginSession;
import dev.handoff.systems.accounts.LoginSessions;
import dev.handoff.systems.accounts.Logins;
import dev.handoff.systems.audit.AuditEvent;
import dev.handoff.systems.audit.AuditKind;
import dev.handoff.systems.audit.AuditLog;
import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// A person's own logins and password. Each path also works with the slash at its end.
@RestController
@RequestMapping("/api/auth")
record SessionCalls(AccountAdmin admin, LoginSessions sessions, Logins logins, AuditLog audit) {
  // All but the one that asks.
  private static final String OTHERS = "others";

  /// A login as its owner sees it.
  record LoginView(
      String id,
      Instant createdAt,
      Instant lastUsedAt,
      @Nullable String address,
      @Nullable String agent,
      boolean current) {
    static LoginView of(LoginSession session, String current) {
      return new LoginView(
          session.id(),
          session.createdAt(),
          session.lastUsedAt(),
          session.device().address(),
          session.device().agent(),
          session.id().equals(current));
    }
  }

  @GetMapping("/sessions")
  List<LoginView> list(HttpServletRequest request, Account account) {
    String current = current(request);
    return sessions.of(account.id()).stream()
        .map(session -> LoginView.of(session, current))
        .toList();
  }

  @DeleteMapping("/sessions/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void end(@PathVariable String id, Account account) {
    if (id.indexOf('\0') >= 0 || !sessions.end(account.id(), id)) {
      throw RefusedException.of(404, "There is no such login");
    }
    audit.note(AuditEvent.of(AuditKind.SESSION_ENDED).target(id));
  }

  @DeleteMapping("/sessions")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void endOthers(HttpServletRequest request, Account account) {
    if (sessions.endOthers(account.id(), current(request)) > 0) {
      audit.note(AuditEvent.of(AuditKind.SESSION_ENDED).target(OTHERS));
    }
  }

  @PostMapping("/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(HttpServletRequest request, Account account) throws IOException {
    JsonBody body = JsonBody.of(request);
    String old = body.text("old").orElse("");
    String wanted = body.text("new").orElse("");
    if (!logins.isPasswordOf(account, old)) {
      audit.noteAfterwards(AuditEvent.of(AuditKind.PASSWORD_FAILED));
      throw RefusedException.of(403, "The old password is wrong.");
    }
    admin.changePassword(account, wanted, current(request));
  }

  private static String current(HttpServletRequest request) {
    return request.getUserPrincipal() instanceof JwtAuthenticationToken login
        ? Objects.requireNonNullElse(login.getToken().getClaimAsString(AccessTokens.SESSION), "")
        : "";
  }
}
