package dev.handoff.systems.audit;

import dev.handoff.systems.kit.Systems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.RouterFunctions;

/// Notes calls by their answers, where the code that makes them does not note them itself: those
/// that a known caller may not make, and those of the starter that are to be noted. Stands behind
/// the guard, which knows the caller. Safe for use by many threads.
public final class CallAuditFilter extends OncePerRequestFilter {
  private final AuditLog log;
  private final Systems systems;
  private final Map<String, AuditKind> noted;

  public CallAuditFilter(AuditLog log, Systems systems) {
    this.log = log;
    this.systems = systems;
    String webhooks = systems.apiPath() + "/webhooks";
    String tasks = systems.apiPath() + "/ops/tasks/{id}";
    this.noted =
        Map.ofEntries(
            Map.entry("POST " + webhooks, AuditKind.WEBHOOK_MADE),
            Map.entry("POST " + webhooks + "/{id}/secret", AuditKind.WEBHOOK_CHANGED),
            Map.entry("DELETE " + webhooks + "/{id}", AuditKind.WEBHOOK_ENDED),
            Map.entry("PUT " + systems.apiPath() + "/ops/gates/{name}", AuditKind.GATE_CHANGED),
            Map.entry("POST " + tasks + "/retry", AuditKind.TASK_RETRIED),
            Map.entry("POST " + tasks + "/cancel", AuditKind.TASK_CANCELLED),
            Map.entry("POST " + tasks + "/copy", AuditKind.TASK_COPIED),
            Map.entry("GET " + tasks + "/request", AuditKind.PAYLOAD_READ),
            Map.entry("GET " + tasks + "/result", AuditKind.PAYLOAD_READ),
            Map.entry("GET " + tasks + "/steps/{name}", AuditKind.PAYLOAD_READ));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    int status = response.getStatus();
    String call = call(request);
    boolean refused =
        status == HttpServletResponse.SC_FORBIDDEN
            || (status == HttpServletResponse.SC_NOT_FOUND
                && systems.isForOperators(request.getRequestURI()));
    if (refused && request.getUserPrincipal() != null && !notesItself(request)) {
      log.noteAfterwards(AuditEvent.of(AuditKind.CALL_REFUSED).target(call));
    }
    AuditKind kind = noted.get(call);
    if (kind != null && status < HttpServletResponse.SC_BAD_REQUEST) {
      log.noteAfterwards(AuditEvent.of(kind).target(thing(request, response)));
    }
  }

  private static boolean notesItself(HttpServletRequest request) {
    return request.getRequestURI().startsWith("/api/auth/");
  }

  // Its pattern, and nothing that the caller typed.
  private static String call(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern == null ? request.getMethod() : request.getMethod() + " " + pattern;
  }

  private static String thing(HttpServletRequest request, HttpServletResponse response) {
    if (request.getAttribute(RouterFunctions.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
        instanceof Map<?, ?> variables) {
      for (String variable : List.of("id", "name")) {
        if (variables.get(variable) instanceof String thing) {
          return thing;
        }
      }
    }
    @Nullable String made = response.getHeader(HttpHeaders.LOCATION);
    return made == null ? "" : made.substring(made.lastIndexOf('/') + 1);
  }
}
