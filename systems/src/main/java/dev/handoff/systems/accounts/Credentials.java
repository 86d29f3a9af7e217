package dev.handoff.systems.accounts;

import dev.handoff.systems.kit.Systems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// Where a request carries its token: in the header, else in the cookie. A browser sends the cookie
/// by itself, so a request that relies on it and changes something needs the CSRF token too.
final class Credentials implements AuthenticationConverter, RequestMatcher {
  private final Systems systems;
  private final BearerTokenResolver header = new DefaultBearerTokenResolver();

  Credentials(Systems systems) {
    this.systems = systems;
  }

  @Override
  public @Nullable Authentication convert(HttpServletRequest request) {
    String token = token(request);
    return token == null ? null : new BearerTokenAuthenticationToken(token);
  }

  private @Nullable String token(HttpServletRequest request) {
    if (systems.isOpen(request.getRequestURI())) {
      return null;
    }
    return hasHeader(request) ? header.resolve(request) : LoginCookies.access(request).orElse(null);
  }

  /// Whether it needs the CSRF token. Logging in, renewing and setting up do not: they are answered
  /// by what the request itself brings, and another site cannot send JSON or this site's cookies
  /// along.
  @Override
  public boolean matches(HttpServletRequest request) {
    String path = request.getRequestURI();
    return !isRead(request.getMethod())
        && !hasHeader(request)
        && !path.equals("/api/auth/login")
        && !path.equals("/api/auth/refresh")
        && !path.equals("/api/auth/setup")
        && (LoginCookies.access(request).isPresent() || LoginCookies.refresh(request).isPresent());
  }

  static boolean isRead(String method) {
    return switch (method.toUpperCase(Locale.ROOT)) {
      case "GET", "HEAD", "OPTIONS", "TRACE" -> true;
      default -> false;
    };
  }

  static boolean hasHeader(HttpServletRequest request) {
    return request.getHeader(HttpHeaders.AUTHORIZATION) != null;
  }
}
