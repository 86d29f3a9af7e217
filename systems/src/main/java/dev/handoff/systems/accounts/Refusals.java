package dev.handoff.systems.accounts;

import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemWriter;
import dev.handoff.spring.wire.WireJson;
import dev.handoff.systems.http.ErrorBody;
import dev.handoff.systems.http.RefusalForm;
import dev.handoff.systems.http.RefusalForm.Why;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
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
/// lead to the login, calls get 401 or 403 in the form of their neighbours.
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
  private static final String BUSY = "The server is busy. Please try again shortly.";

  private final Paths paths;
  private final List<RefusalForm> forms;

  Refusals(Paths paths, List<RefusalForm> forms) {
    this.paths = paths;
    this.forms = List.copyOf(forms);
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException {
    String path = request.getRequestURI();
    if (why instanceof AuthenticationServiceException) {
      response.setHeader(HttpHeaders.RETRY_AFTER, "5");
      refuse(Problem.UNAVAILABLE, new Reason(Why.OTHER, BUSY), request, response);
      return;
    }
    if (paths.isPage(request.getMethod(), path)) {
      response.setStatus(HttpServletResponse.SC_FOUND);
      response.setHeader(HttpHeaders.LOCATION, "/login/?next=" + next(request));
      return;
    }
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    Reason reason = new Reason(missing(why), "Authentication required");
    refuse(Problem.NOT_AUTHENTICATED, reason, request, response);
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
      throws IOException {
    if (why instanceof CsrfException) {
      Reason reason = new Reason(Why.OTHER, "CSRF token missing or incorrect");
      refuse(Problem.CSRF, reason, request, response);
    } else {
      refuse(Problem.FORBIDDEN, new Reason(Why.OTHER, "Not allowed"), request, response);
    }
  }

  private static Why missing(AuthenticationException why) {
    if (why.getCause() instanceof JwtValidationException invalid
        && invalid.getErrors().stream().allMatch(Refusals::isExpiry)) {
      return Why.EXPIRED_LOGIN;
    }
    return why instanceof OAuth2AuthenticationException ? Why.BAD_LOGIN : Why.NO_LOGIN;
  }

  // As the library's check of the time words it.
  private static boolean isExpiry(OAuth2Error error) {
    String words = error.getDescription();
    return words != null && words.startsWith("Jwt expired at");
  }

  private record Reason(Why why, String words) {}

  private void refuse(
      Problem problem, Reason reason, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (paths.isApi(request.getRequestURI())) {
      ProblemWriter.write(problem, request, response);
      return;
    }
    response.setStatus(problem.status());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    String path = request.getRequestURI();
    RefusalForm.Refusal refusal =
        new RefusalForm.Refusal(path, problem.status(), reason.why(), reason.words());
    Object body =
        forms.stream()
            .filter(form -> form.covers(path))
            .findFirst()
            .map(form -> form.body(refusal))
            .orElseGet(() -> ErrorBody.of(reason.words()));
    byte[] json = WireJson.write(body).getBytes(StandardCharsets.UTF_8);
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
  }

  private static String next(HttpServletRequest request) {
    String page = Paths.withItsSlash(request.getRequestURI());
    String query = request.getQueryString();
    return URLEncoder.encode(query == null ? page : page + "?" + query, StandardCharsets.UTF_8)
        .replace("%2F", "/");
  }
}
