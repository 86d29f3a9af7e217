package dev.handoff.systems.accounts;

import dev.handoff.Task;
import dev.handoff.spring.api.Answers;
import dev.handoff.spring.api.ApiCalls;
import dev.handoff.spring.api.Endpoint;
import dev.handoff.spring.api.EndpointDoc;
import dev.handoff.spring.api.RequestJson;
import dev.handoff.spring.web.Access;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.systems.accounts.KeyViews.NewTaskToken;
import dev.handoff.systems.accounts.KeyViews.TaskTokenView;
import dev.handoff.systems.audit.AuditEvent;
import dev.handoff.systems.audit.AuditKind;
import dev.handoff.systems.audit.AuditLog;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The calls that give out tokens for one task, and revoke them. Safe for use by many threads.
record TaskTokenCalls(
    TaskTokens tokens,
    CredentialChecks checks,
    TaskVisibility visibility,
    AuditLog audit,
    TokenTerms terms)
    implements ApiCalls {
  /// How long tokens last, by which clock.
  record TokenTerms(Duration longest, InstantSource clock) {}

  private static final Duration USUAL = Duration.ofHours(1);
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
            "/tasks/{id}/tokens",
            Permission.OPERATE,
            this::issue,
            EndpointDoc.call(
                    "createTaskToken",
                    "A short-lived token with which this one task can be followed or cancelled")
                .sends(NewTaskToken.class)
                .answers(201, TaskTokenView.class, "The token")),
        new Endpoint(
            HttpMethod.DELETE,
            "/tasks/{id}/tokens/{tokenId}",
            Permission.OPERATE,
            this::revoke,
            EndpointDoc.call("revokeTaskToken", "Ends a token of this task before its time")
                .answers(204, "It has ended")));
  }

  private ServerResponse revoke(ServerRequest request, Caller caller) {
    Task task =
        visibility
            .find(caller, request.pathVariable("id"))
            .orElseThrow(() -> new ProblemException(Problem.TASK_NOT_FOUND));
    String token = request.pathVariable("tokenId");
    if (!tokens.isIdFor(task.id(), token)) {
      throw new ProblemException(Problem.TOKEN_NOT_FOUND);
    }
    checks.endToken(token, terms.clock().instant().plus(terms.longest()));
    audit.note(AuditEvent.of(AuditKind.TOKEN_REVOKED).target(token));
    return ServerResponse.noContent().build();
  }

  private ServerResponse issue(ServerRequest request, Caller caller) throws IOException {
    Task task =
        visibility
            .find(caller, request.pathVariable("id"))
            .orElseThrow(() -> new ProblemException(Problem.TASK_NOT_FOUND));
    NewTaskToken asked = RequestJson.of(request, NewTaskToken.class, Problem.INVALID_TOKEN_REQUEST);
    Set<Permission> may = may(asked.may());
    Duration lifetime = lifetime(asked.lifetime());
    if (!caller.access().permissions().containsAll(may)) {
      throw new ProblemException(Problem.NOT_PERMITTED);
    }
    TaskTokens.Issued issued =
        tokens.issue(caller.with(new Access(may, task.id())), keyOf(request), lifetime);
    audit.note(AuditEvent.of(AuditKind.TOKEN_MADE).target(issued.id()));
    return Answers.of(
        201, new TaskTokenView(issued.id(), issued.token(), issued.expiresAt()), Map.of());
  }

  private static Set<Permission> may(@Nullable List<String> words) {
    if (words == null || words.isEmpty() || words.size() > 2) {
      throw new ProblemException(Problem.INVALID_TOKEN_REQUEST);
    }
    Set<Permission> may = EnumSet.noneOf(Permission.class);
    for (String word : words) {
      may.add(
          switch (word) {
            case "follow" -> Permission.READ;
            case "cancel" -> Permission.CANCEL;
            case null, default -> throw new ProblemException(Problem.INVALID_TOKEN_REQUEST);
          });
    }
    return may;
  }

  private Duration lifetime(@Nullable String text) {
    if (text == null) {
      return USUAL.compareTo(terms.longest()) > 0 ? terms.longest() : USUAL;
    }
    Duration lifetime = parsed(text);
    if (lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(terms.longest()) > 0) {
      throw new ProblemException(Problem.INVALID_TOKEN_REQUEST);
    }
    return lifetime;
  }

  private static Duration parsed(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException notOne) {
      throw new ProblemException(Problem.INVALID_TOKEN_REQUEST);
    }
  }

  private static @Nullable String keyOf(ServerRequest request) {
    return request.servletRequest().getUserPrincipal() instanceof CallerLogin login
        ? login.key()
        : null;
  }
}
