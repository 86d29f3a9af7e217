package dev.handoff.systems.accounts;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.csrf.CsrfTokenRequestHandler;

/// The CSRF token in a cookie that the page's script reads and sends back as a header. It is given
/// to whoever comes without a bearer token and has none yet.
final class CsrfCookie implements CsrfTokenRequestHandler {
  private final CsrfTokenRequestHandler plain = new CsrfTokenRequestAttributeHandler();

  static CookieCsrfTokenRepository repository() {
    CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
    tokens.setCookieName("csrftoken");
    tokens.setHeaderName("X-CSRFToken");
    tokens.setCookiePath("/");
    tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
    return tokens;
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, Supplier<CsrfToken> token) {
    plain.handle(request, response, token);
    if (!Credentials.hasHeader(request) && !isFileOrHealth(request.getRequestURI())) {
      // Reading it makes the repository set the cookie where there is none.
      var _ = token.get().getToken();
    }
  }

  // Nobody is behind such a request who could send a form.
  private static boolean isFileOrHealth(String path) {
    return path.startsWith("/assets/")
        || path.startsWith("/docs/")
        || path.startsWith("/actuator/health");
  }
}
