package dev.handoff.systems.accounts;

import dev.handoff.spring.web.RequestIdFilter;
import dev.handoff.systems.audit.AuditOrigin;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/// Tells who makes the request of this thread, and from where. Safe for use by many threads.
final class RequestOrigins implements Supplier<AuditOrigin> {
  @Override
  public AuditOrigin get() {
    if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes now)) {
      return AuditOrigin.SERVER;
    }
    HttpServletRequest request = now.getRequest();
    String address = request.getRemoteAddr();
    String id = RequestIdFilter.of(request);
    return switch (SecurityContextHolder.getContext().getAuthentication()) {
      case JwtAuthenticationToken login ->
          new AuditOrigin(
              login.getName(),
              login.getName(),
              login.getToken().getClaimAsString(AccessTokens.TENANT),
              address,
              id);
      case CallerLogin other ->
          new AuditOrigin(
              other.credential(), other.getName(), other.caller().tenant(), address, id);
      case null, default -> new AuditOrigin(null, null, null, address, id);
    };
  }
}
