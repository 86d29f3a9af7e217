package dev.handoff.systems.accounts;

import dev.handoff.systems.accounts.LoginSession.Device;
import dev.handoff.systems.accounts.guessing.LoginGuard;
import dev.handoff.systems.audit.AuditEvent;
import dev.handoff.systems.audit.AuditKind;
import dev.handoff.systems.audit.AuditLog;
import dev.handoff.systems.kit.RefusedException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Logging in, renewing and ending a login. Safe for use by many threads.
public final class Logins {
  /// The words for a login that is no longer good.
  static final String ENDED = "Authentication failed";

  private static final int LONGEST = 1_000;

  private final AccountStore accounts;
  private final StudentProfiles students;
  private final RefreshTokens refreshTokens;
  private final AccessTokens accessTokens;
  private final LoginGuard guard;
  private final PasswordEncoder passwords;
  private final AuditLog audit;
  private final String nobodysHash;

  Logins(
      AccountStore accounts,
      StudentProfiles students,
      RefreshTokens refreshTokens,
      AccessTokens accessTokens,
      LoginGuard guard,
      PasswordEncoder passwords,
      AuditLog audit) {
    this.accounts = accounts;
    this.students = students;
    this.refreshTokens = refreshTokens;
    this.accessTokens = accessTokens;
    this.guard = guard;
    this.passwords = passwords;
    this.audit = audit;
    this.nobodysHash = passwords.encode(UUID.randomUUID().toString());
  }

  /// A login: whose, and the tokens that prove it.
  record Session(Account account, String access, String refresh) {}

  /// Logs in with a user name or e-mail address. Takes as long for an unknown name as for a wrong
  /// password.
  ///
  /// @throws RefusedException when either is wrong, the account is deactivated, or after too many
  ///   attempts
  Session logIn(String login, String password, Device device) {
    if (login.length() > LONGEST || password.length() > LONGEST) {
      throw wrong();
    }
    Optional<AccountStore.Stored> found = accounts.findByLogin(login);
    Optional<Account> known = found.map(AccountStore.Stored::account);
    LoginGuard.Attempt attempt = attempt(known, login, device);
    String hash = found.map(AccountStore.Stored::passwordHash).orElse(nobodysHash);
    boolean matches = passwords.matches(password, hash);
    if (known.isEmpty() || !matches) {
      audit.noteAfterwards(about(AuditKind.LOGIN_FAILED, known));
      throw wrong();
    }
    Account account = known.get();
    attempt.succeeded();
    found
        .filter(stored -> passwords.upgradeEncoding(stored.passwordHash()))
        .ifPresent(stored -> accounts.upgradeHash(stored, passwords.encode(password)));
    // Told to whoever knows the password, and to nobody else.
    if (!account.standing().active()) {
      audit.noteAfterwards(by(AuditKind.LOGIN_REFUSED, account));
      throw RefusedException.of(403, "This account has been deactivated");
    }
    students.loggedIn(account);
    Session session = session(account, refreshTokens.issue(account.id(), device));
    audit.note(by(AuditKind.LOGIN_OK, account));
    return session;
  }

  private LoginGuard.Attempt attempt(Optional<Account> known, String login, Device device) {
    try {
      return guard.attempt(
          known.map(Account::id), login, Objects.requireNonNullElse(device.address(), ""));
    } catch (RefusedException tooMany) {
      audit.noteAfterwards(about(AuditKind.LOGIN_LIMITED, known));
      throw tooMany;
    }
  }

  // A name that nobody has is not noted: people type passwords there.
  private static AuditEvent about(AuditKind kind, Optional<Account> known) {
    AuditEvent event = AuditEvent.of(kind);
    return known
        .map(account -> event.about(account.id(), account.standing().tenant()))
        .orElse(event);
  }

  private static AuditEvent by(AuditKind kind, Account account) {
    return AuditEvent.of(kind).by(account.id(), account.standing().tenant());
  }

  /// Renews a login.
  ///
  /// @throws RefusedException when the token is not good any more
  Session renew(String refreshToken) {
    RefreshTokens.Renewal renewal = refreshTokens.renew(refreshToken);
    renewal.copiedFrom().ifPresent(owner -> noteOf(AuditKind.SESSION_COPIED, owner));
    return renewal
        .renewed()
        .flatMap(renewed -> active(renewed.user()).map(account -> session(account, renewed)))
        .orElseThrow(() -> RefusedException.of(401, ENDED));
  }

  /// Whether this is the account's password. Counts wrong ones as a login does.
  ///
  /// @throws RefusedException after too many attempts
  public boolean isPasswordOf(Account account, String password) {
    LoginGuard.Attempt attempt = guard.attemptWithin(account.id());
    boolean matches =
        password.length() <= LONGEST
            && accounts
                .findByLogin(account.username())
                .filter(stored -> stored.account().id().equals(account.id()))
                .filter(stored -> passwords.matches(password, stored.passwordHash()))
                .isPresent();
    if (matches) {
      attempt.succeeded();
    }
    return matches;
  }

  /// Ends a login, and within seconds the access tokens that it gave out.
  void logOut(String refreshToken) {
    refreshTokens.end(refreshToken).ifPresent(owner -> noteOf(AuditKind.LOGOUT, owner));
  }

  private void noteOf(AuditKind kind, UUID owner) {
    accounts.find(owner).ifPresent(account -> audit.noteAfterwards(by(kind, account)));
  }

  /// The account with this id, if it may be used.
  Optional<Account> active(UUID id) {
    return accounts.find(id).filter(account -> account.standing().active());
  }

  private Session session(Account account, RefreshTokens.Renewed login) {
    return new Session(account, accessTokens.issue(account, login.session()), login.token());
  }

  private static RefusedException wrong() {
    return RefusedException.of(401, "Invalid credentials");
  }
}
