package dev.handoff.systems.accounts;

import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemWriter;
import dev.handoff.systems.audit.AuditEvent;
import dev.handoff.systems.audit.AuditKind;
import dev.handoff.systems.audit.AuditLog;
import dev.handoff.systems.kit.Refusal;
import dev.handoff.systems.kit.Refusal.Why;
import dev.handoff.systems.kit.RefusalAnswers;
import dev.handoff.systems.kit.Systems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/// How a request without a good login, or without the right to do what it asks, is answered: pages
/// lead to the login, calls get 401 or 403 in the form of their system.
record Refusals(Systems systems, RefusalAnswers answers, AuditLog audit)
    implements AuthenticationEntryPoint, AccessDeniedHandler {
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(5);

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException {
    if (why instanceof AuthenticationServiceException) {
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_PAUSE.toSeconds()));
      Refusal refusal = Refusal.busy(Why.UNDECIDED_LOGIN, RETRY_PAUSE);
      refuse(Problem.UNAVAILABLE, refusal, request, response);
      return;
    }
    if (Credentials.isRead(request.getMethod()) && !systems.isCall(request.getRequestURI())) {
      response.setStatus(HttpServletResponse.SC_FOUND);
      response.setHeader(HttpHeaders.LOCATION, "/login/?next=" + next(request));
      return;
    }
    if (systems.isForOperators(request.getRequestURI())) {
      ProblemWriter.write(Problem.NO_SUCH_ENDPOINT, request, response);
      return;
    }
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    Refusal refusal = Refusal.of(missing(why), 401, "Authentication required");
    refuse(Problem.NOT_AUTHENTICATED, refusal, request, response);
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
      throws IOException {
    audit.noteAfterwards(AuditEvent.of(AuditKind.CALL_REFUSED).target(request.getMethod()));
    if (systems.isForOperators(request.getRequestURI())) {
      ProblemWriter.write(Problem.NO_SUCH_ENDPOINT, request, response);
      return;
    }
    boolean csrf = why instanceof CsrfException;
    String words = csrf ? "CSRF token missing or incorrect" : "Not allowed";
    Refusal refusal = Refusal.of(Why.FORBIDDEN, 403, words);
    refuse(csrf ? Problem.CSRF : Problem.FORBIDDEN, refusal, request, response);
  }

  private static Why missing(AuthenticationException why) {
    if (why.getCause() instanceof JwtValidationException invalid
        && invalid.getErrors().stream().allMatch(Refusals::isExpiry)) {
      return Why.EXPIRED_LOGIN;
    }
    if (why instanceof OAuth2AuthenticationException bad) {
      boolean moved = ApiCredentials.OTHER_TENANT.equals(bad.getError().getErrorCode());
      return moved ? Why.MOVED_LOGIN : Why.BAD_LOGIN;
    }
    return Why.NO_LOGIN;
  }

  // As the library's check of the time words it.
  private static boolean isExpiry(OAuth2Error error) {
    String words = error.getDescription();
    return words != null && words.startsWith("Jwt expired at");
  }

  private void refuse(
      Problem problem, Refusal refusal, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (systems.isApi(request.getRequestURI())) {
      ProblemWriter.write(problem, request, response);
    } else {
      answers.write(refusal, request, response);
    }
  }

  private String next(HttpServletRequest request) {
    String page = systems.withItsSlash(request.getRequestURI());
    String query = request.getQueryString();
    return URLEncoder.encode(query == null ? page : page + "?" + query, StandardCharsets.UTF_8)
        .replace("%2F", "/");
  }
}
