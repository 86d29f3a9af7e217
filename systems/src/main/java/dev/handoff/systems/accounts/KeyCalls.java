package dev.handoff.systems.accounts;

import dev.handoff.spring.api.Answers;
import dev.handoff.spring.api.ApiCalls;
import dev.handoff.spring.api.Endpoint;
import dev.handoff.spring.api.EndpointDoc;
import dev.handoff.spring.api.RequestJson;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.CurrentCaller;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.systems.accounts.ApiKey.Terms;
import dev.handoff.systems.accounts.KeyViews.KeyList;
import dev.handoff.systems.accounts.KeyViews.KeyView;
import dev.handoff.systems.accounts.KeyViews.NewKey;
import dev.handoff.systems.audit.AuditEvent;
import dev.handoff.systems.audit.AuditKind;
import dev.handoff.systems.audit.AuditLog;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The calls about API keys. Keys belong to accounts; what a key makes reaches no further than
/// itself and lasts no longer. Safe for use by many threads.
record KeyCalls(
    ApiKeys keys, Logins logins, CurrentCaller callers, AuditLog audit, InstantSource clock)
    implements ApiCalls {
  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
            "/keys",
            Permission.OPERATE,
            this::make,
            EndpointDoc.call("createKey", "Makes an API key, whose text is shown this once")
                .sends(NewKey.class)
                .answers(201, KeyView.class, "The key with its text")),
        Endpoint.get(
            "/keys",
            Permission.OPERATE,
            this::list,
            EndpointDoc.call("listKeys", "The account's API keys, newest first")
                .answers(200, KeyList.class, "The keys without their texts")),
        new Endpoint(
            HttpMethod.DELETE,
            "/keys/{id}",
            Permission.OPERATE,
            this::revoke,
            EndpointDoc.call("revokeKey", "Ends an API key and the task tokens it gave out")
                .answers(204, "It has ended")));
  }

  private ServerResponse make(ServerRequest request, Caller caller) throws IOException {
    Account account = account(caller);
    Terms terms = terms(request);
    boolean further = !mayOf(request, caller).containsAll(KeyScope.permissionsOf(terms.scopes()));
    if (further || lasts(terms, endOf(request))) {
      throw new ProblemException(Problem.NOT_PERMITTED);
    }
    ApiKeys.MadeKey made =
        keys.make(account, terms).orElseThrow(() -> new ProblemException(Problem.TOO_MANY_KEYS));
    audit.note(AuditEvent.of(AuditKind.KEY_MADE).target(made.key().id()));
    return Answers.of(201, KeyView.of(made.key(), made.text()), Map.of());
  }

  private Set<Permission> mayOf(ServerRequest request, Caller caller) {
    Set<Permission> may = EnumSet.copyOf(caller.access().permissions());
    if (callers.isOperator(request.servletRequest())) {
      may.add(Permission.OPERATOR);
    } else {
      may.remove(Permission.OPERATOR);
    }
    return may;
  }

  private Terms terms(ServerRequest request) throws IOException {
    NewKey asked = RequestJson.of(request, NewKey.class, Problem.INVALID_KEY_REQUEST);
    try {
      Terms terms = asked.terms();
      if (!terms.isOver(clock.instant())) {
        return terms;
      }
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException notInOrder) {
      throw new ProblemException(Problem.INVALID_KEY_REQUEST);
    }
    throw new ProblemException(Problem.INVALID_KEY_REQUEST);
  }

  private static boolean lasts(Terms terms, @Nullable Instant limit) {
    Instant end = terms.expiresAt();
    return limit != null && (end == null || end.isAfter(limit));
  }

  private static @Nullable Instant endOf(ServerRequest request) {
    return request.servletRequest().getUserPrincipal() instanceof CallerLogin login
        ? login.endsAt()
        : null;
  }

  private ServerResponse list(ServerRequest request, Caller caller) {
    List<KeyView> all =
        keys.of(account(caller).id()).stream().map(key -> KeyView.of(key, null)).toList();
    return Answers.ok(new KeyList(all));
  }

  private ServerResponse revoke(ServerRequest request, Caller caller) {
    String id = request.pathVariable("id");
    boolean revoked = PlainText.is(id) && keys.revoke(id, account(caller).id());
    if (!revoked) {
      throw new ProblemException(Problem.KEY_NOT_FOUND);
    }
    audit.note(AuditEvent.of(AuditKind.KEY_REVOKED).target(id));
    return ServerResponse.noContent().build();
  }

  // Whoever is known by another issuer's word alone has none.
  private Account account(Caller caller) {
    if (caller.owner().startsWith(OtherIssuer.OWNER)) {
      throw new ProblemException(Problem.FORBIDDEN);
    }
    return logins
        .active(UUID.fromString(caller.owner()))
        .orElseThrow(() -> new ProblemException(Problem.NOT_AUTHENTICATED));
  }
}
