package dev.handoff.spring.web;

import dev.handoff.spring.wire.ProblemView;
import dev.handoff.spring.wire.WireJson;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Writes refusals, for routes and for servlet filters alike, so that both look the same.
public final class ProblemWriter {
  private static final String REQUEST_ID = "requestId";

  private ProblemWriter() {}

  /// Answers a request that came as far as a servlet filter; does nothing when an answer has begun.
  public static void write(
      Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    ProblemView body =
        problem.at(askedFor(request), Map.of(REQUEST_ID, RequestIdFilter.of(request, response)));
    response.setStatus(body.status());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    byte[] json = WireJson.write(body).getBytes(StandardCharsets.UTF_8);
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
  }

  // In a dispatch to the container's error page the path is that of the page.
  private static String askedFor(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path
        ? path
        : request.getRequestURI();
  }

  static ServerResponse answer(ProblemException refused, ServerRequest request) {
    Map<String, Object> members = new LinkedHashMap<>(refused.members());
    String id = RequestIdFilter.of(request.servletRequest());
    if (id != null) {
      members.put(REQUEST_ID, id);
    }
    ProblemView body = refused.problem().at(request.servletRequest().getRequestURI(), members);
    return ServerResponse.status(HttpStatus.valueOf(body.status()))
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .headers(all -> refused.headers().forEach(all::set))
        .body(WireJson.write(body).getBytes(StandardCharsets.UTF_8));
  }
}
