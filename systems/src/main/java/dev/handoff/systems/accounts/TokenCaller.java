package dev.handoff.systems.accounts;

import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.CurrentCaller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/// Tells from the access token alone whose tasks a request may see: no look at the database.
final class TokenCaller implements CurrentCaller {
  @Override
  public Optional<Caller> of(HttpServletRequest request) {
    return request.getUserPrincipal() instanceof JwtAuthenticationToken login
        ? Optional.of(
            new Caller(login.getName(), login.getToken().getClaimAsString(AccessTokens.TENANT)))
        : Optional.empty();
  }

  @Override
  public Optional<Instant> expiry(HttpServletRequest request) {
    return request.getUserPrincipal() instanceof JwtAuthenticationToken login
        ? Optional.ofNullable(login.getToken().getExpiresAt())
        : Optional.empty();
  }
}
