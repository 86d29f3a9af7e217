package dev.handoff.systems.accounts;

import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.CurrentCaller;
import dev.handoff.spring.web.Permission;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/// Tells whose tasks a request may see, and what it may do with them: for a login from the access
/// token alone, for every other credential as [ApiCredentials] found it.
final class TokenCaller implements CurrentCaller {
  private final CredentialChecks checks;
  private final AccountStore accounts;

  TokenCaller(CredentialChecks checks, AccountStore accounts) {
    this.checks = checks;
    this.accounts = accounts;
  }

  @Override
  public Optional<Caller> of(HttpServletRequest request) {
    return switch (request.getUserPrincipal()) {
      case JwtAuthenticationToken login ->
          Optional.of(
              new Caller(login.getName(), login.getToken().getClaimAsString(AccessTokens.TENANT)));
      case CallerLogin other -> Optional.of(other.caller());
      case null, default -> Optional.empty();
    };
  }

  @Override
  public Optional<Instant> expiry(HttpServletRequest request) {
    return switch (request.getUserPrincipal()) {
      case JwtAuthenticationToken login -> Optional.ofNullable(login.getToken().getExpiresAt());
      case CallerLogin other -> Optional.ofNullable(other.endsAt());
      case null, default -> Optional.empty();
    };
  }

  // As the account is now, also where a key or a login says what it was.
  @Override
  public boolean isOperator(HttpServletRequest request) {
    return switch (request.getUserPrincipal()) {
      case JwtAuthenticationToken login -> isAdministrator(login.getName());
      case CallerLogin other ->
          other.key() != null
              && other.caller().access().permissions().contains(Permission.OPERATOR)
              && isAdministrator(other.getName());
      case null, default -> false;
    };
  }

  private boolean isAdministrator(String account) {
    return accounts
        .find(UUID.fromString(account))
        .filter(found -> found.role() == Role.ADMIN && found.standing().active())
        .isPresent();
  }

  @Override
  public BooleanSupplier validity(HttpServletRequest request) {
    List<CredentialBasis> bases =
        switch (request.getUserPrincipal()) {
          case JwtAuthenticationToken login -> List.of(AccessTokens.basisOf(login.getToken()));
          case CallerLogin other -> other.bases();
          case null, default -> List.of();
        };
    return () -> checks.stand(bases);
  }
}
