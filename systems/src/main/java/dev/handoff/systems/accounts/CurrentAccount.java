package dev.handoff.systems.accounts;

import dev.handoff.systems.kit.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/// The account behind a request, as it is in the database now. Safe for use by many threads.
public final class CurrentAccount {
  private final Logins logins;

  CurrentAccount(Logins logins) {
    this.logins = logins;
  }

  /// The account, which may be used.
  ///
  /// @throws RefusedException when nobody is logged in, or the account was closed since
  public Account of(HttpServletRequest request) {
    Optional<Account> account =
        request.getUserPrincipal() instanceof JwtAuthenticationToken login
            ? logins.active(UUID.fromString(login.getName()))
            : Optional.empty();
    return account.orElseThrow(() -> RefusedException.of(401, "Authentication required"));
  }
}
