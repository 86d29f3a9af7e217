package dev.handoff.systems.accounts.people;

import dev.handoff.spring.api.Answers;
import dev.handoff.spring.api.ApiCalls;
import dev.handoff.spring.api.Endpoint;
import dev.handoff.spring.api.EndpointDoc;
import dev.handoff.spring.api.RequestJson;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.Account.PersonName;
import dev.handoff.systems.accounts.LoginSession;
import dev.handoff.systems.accounts.Role;
import dev.handoff.systems.accounts.people.AccountAdmin.NewAccount;
import dev.handoff.systems.kit.RefusedException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The operators' calls about accounts. Safe for use by many threads.
final class AccountCalls implements ApiCalls {
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final AccountAdmin admin;
  private final LinkAddress addresses;
  private final InstantSource clock;

  AccountCalls(AccountAdmin admin, LinkAddress addresses, InstantSource clock) {
    this.admin = admin;
    this.addresses = addresses;
    this.clock = clock;
  }

  record PersonView(
      String id,
      String username,
      String firstName,
      String lastName,
      String role,
      @Nullable String tenant,
      boolean active) {
    static PersonView of(Account account) {
      return new PersonView(
          account.id().toString(),
          account.username(),
          account.name().first(),
          account.name().last(),
          account.role().nameInCalls(),
          account.standing().tenant(),
          account.standing().active());
    }
  }

  /// A page of accounts.
  ///
  /// @param next with which the next page is asked for; null on the last one
  record PersonList(List<PersonView> accounts, @Nullable String next) {}

  record NewPerson(
      @Nullable String username,
      @Nullable String role,
      @Nullable String tenant,
      @Nullable String firstName,
      @Nullable String lastName) {}

  record PersonChange(@Nullable String role, @Nullable Boolean active) {}

  /// @param link where the owner sets the password; good once, until it expires
  record PersonLink(String id, String link, Instant expiresAt) {}

  record PersonLogin(
      String id,
      Instant createdAt,
      Instant lastUsedAt,
      @Nullable String address,
      @Nullable String agent) {
    static PersonLogin of(LoginSession session) {
      return new PersonLogin(
          session.id(),
          session.createdAt(),
          session.lastUsedAt(),
          session.device().address(),
          session.device().agent());
    }
  }

  record PersonLogins(List<PersonLogin> sessions) {}

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/ops/accounts", Permission.OPERATOR, this::list, AccountPages.doc()),
        Endpoint.post(
            "/ops/accounts",
            Permission.OPERATOR,
            this::add,
            EndpointDoc.call(
                    "addAccount", "Adds an account, whose owner sets the password by a link")
                .sends(NewPerson.class)
                .answers(201, PersonLink.class, "The account's id and the link, this once")),
        Endpoint.get(
            "/ops/accounts/{id}",
            Permission.OPERATOR,
            (request, _) -> Answers.ok(PersonView.of(find(request))),
            EndpointDoc.call("getAccount", "One account")
                .answers(200, PersonView.class, "The account")),
        new Endpoint(
            HttpMethod.PATCH,
            "/ops/accounts/{id}",
            Permission.OPERATOR,
            this::change,
            EndpointDoc.call(
                    "changeAccount", "Changes the role, or deactivates and activates an account")
                .sends(PersonChange.class)
                .answers(200, PersonView.class, "The account as it is now")),
        Endpoint.post(
            "/ops/accounts/{id}/links",
            Permission.OPERATOR,
            this::link,
            EndpointDoc.call(
                    "createAccountLink", "A link with which the owner sets another password")
                .answers(201, PersonLink.class, "The link, this once")),
        Endpoint.get(
            "/ops/accounts/{id}/sessions",
            Permission.OPERATOR,
            this::sessions,
            EndpointDoc.call("listAccountSessions", "The account's logins, the last used first")
                .answers(200, PersonLogins.class, "All of them")),
        new Endpoint(
            HttpMethod.DELETE,
            "/ops/accounts/{id}/sessions",
            Permission.OPERATOR,
            this::endSessions,
            EndpointDoc.call("endAccountSessions", "Ends all of the account's logins")
                .answers(204, "They have ended")));
  }

  private ServerResponse list(ServerRequest request, Caller caller) {
    AccountPages page = AccountPages.of(request);
    return Answers.ok(page.cut(admin.page(page.search())));
  }

  private ServerResponse add(ServerRequest request, Caller caller) throws IOException {
    NewPerson asked = RequestJson.of(request, NewPerson.class, Problem.INVALID_ACCOUNT);
    String username = asked.username() == null ? "" : asked.username();
    NewAccount account =
        new NewAccount(
            username,
            role(asked.role()),
            asked.tenant(),
            new PersonName(
                asked.firstName() == null ? username : asked.firstName(),
                asked.lastName() == null ? "" : asked.lastName()));
    String token = orRefuse(() -> admin.invite(account));
    return Answers.of(201, link(admin.find(username).orElseThrow(), token), Map.of());
  }

  private ServerResponse change(ServerRequest request, Caller caller) throws IOException {
    Account account = find(request);
    PersonChange asked = RequestJson.of(request, PersonChange.class, Problem.INVALID_ACCOUNT);
    Role role = asked.role() == null ? account.role() : role(asked.role());
    boolean active = asked.active() == null ? account.standing().active() : asked.active();
    boolean changes = role != account.role() || active != account.standing().active();
    if (changes && account.id().toString().equals(caller.owner())) {
      throw new ProblemException(Problem.OWN_ACCOUNT);
    }
    if (role != account.role()) {
      admin.setRole(account, role);
    }
    if (active != account.standing().active()) {
      setActive(account, active);
    }
    return Answers.ok(PersonView.of(find(request)));
  }

  private void setActive(Account account, boolean active) {
    if (active) {
      admin.activate(account);
    } else {
      admin.deactivate(account);
    }
  }

  private ServerResponse link(ServerRequest request, Caller caller) {
    Account account = find(request);
    return Answers.of(201, link(account, admin.passwordLink(account)), Map.of());
  }

  private PersonLink link(Account account, String token) {
    return new PersonLink(
        account.id().toString(), addresses.of(token), clock.instant().plus(OneTimeLinks.LIFETIME));
  }

  private ServerResponse sessions(ServerRequest request, Caller caller) {
    return Answers.ok(
        new PersonLogins(admin.sessionsOf(find(request)).stream().map(PersonLogin::of).toList()));
  }

  private ServerResponse endSessions(ServerRequest request, Caller caller) {
    var _ = admin.endSessions(find(request));
    return ServerResponse.noContent().build();
  }

  private Account find(ServerRequest request) {
    return Optional.of(request.pathVariable("id"))
        .filter(id -> ID.matcher(id).matches())
        .flatMap(id -> admin.find(UUID.fromString(id)))
        .orElseThrow(() -> new ProblemException(Problem.ACCOUNT_NOT_FOUND));
  }

  private static Role role(@Nullable String word) {
    return Role.ofName(word == null ? "" : word)
        .orElseThrow(() -> refused("role is user, instructor or admin"));
  }

  private static <T> T orRefuse(Supplier<T> action) {
    try {
      return action.get();
    } catch (RefusedException refused) {
      throw refused(refused.words());
    }
  }

  private static ProblemException refused(String words) {
    return new ProblemException(
        Problem.INVALID_ACCOUNT, Map.of(), Map.of("errors", List.of(Map.of("message", words))));
  }
}
