package dev.handoff.systems.accounts;

import dev.handoff.systems.http.RefusedException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Logging in, renewing and ending a login. Safe for use by many threads.
public final class Logins {
  private static final int LONGEST = 1_000;

  private final AccountStore accounts;
  private final RefreshTokens refreshTokens;
  private final AccessTokens accessTokens;
  private final LoginGuard guard;
  private final PasswordEncoder passwords;
  private final String nobodysHash;

  Logins(
      AccountStore accounts,
      RefreshTokens refreshTokens,
      AccessTokens accessTokens,
      LoginGuard guard,
      PasswordEncoder passwords) {
    this.accounts = accounts;
    this.refreshTokens = refreshTokens;
    this.accessTokens = accessTokens;
    this.guard = guard;
    this.passwords = passwords;
    this.nobodysHash = passwords.encode(UUID.randomUUID().toString());
  }

  /// A login: whose, and the tokens that prove it.
  record Session(Account account, String access, String refresh) {}

  /// Logs in with a user name or e-mail address. Takes as long for an unknown name as for a wrong
  /// password.
  ///
  /// @throws RefusedException when either is wrong, or after too many attempts
  Session logIn(String login, String password, String address) {
    LoginGuard.Attempt attempt = guard.attempt(login, address);
    if (login.length() > LONGEST || password.length() > LONGEST) {
      throw wrong();
    }
    Optional<AccountStore.Stored> found = accounts.findByLogin(login);
    String hash = found.map(AccountStore.Stored::passwordHash).orElse(nobodysHash);
    boolean matches = passwords.matches(password, hash);
    Account account =
        found
            .map(AccountStore.Stored::account)
            .filter(one -> matches && one.standing().active())
            .orElseThrow(Logins::wrong);
    attempt.wasRight();
    return session(account, refreshTokens.issue(account.id()));
  }

  /// Renews a login.
  ///
  /// @throws RefusedException when the token is not good any more
  Session renew(String refreshToken) {
    return refreshTokens
        .renew(refreshToken)
        .flatMap(
            renewed -> active(renewed.user()).map(account -> session(account, renewed.token())))
        .orElseThrow(() -> RefusedException.of(401, "Your login has ended. Please log in again."));
  }

  /// Ends a login; access tokens already given out end by themselves soon.
  void logOut(String refreshToken) {
    refreshTokens.end(refreshToken);
  }

  /// The account with this id, if it may be used.
  Optional<Account> active(UUID id) {
    return accounts.find(id).filter(account -> account.standing().active());
  }

  private Session session(Account account, String refresh) {
    return new Session(account, accessTokens.issue(account), refresh);
  }

  private static RefusedException wrong() {
    return RefusedException.of(401, "Wrong username or password");
  }
}
