package dev.handoff.spring.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/// Gives each request an id, by which an answer is found in the log: in the header `X-Request-Id`,
/// in the body of a problem, and as `req` in the mapped diagnostic context. What a caller sends in
/// that header is not taken over: anybody could put it in the log. Safe for use by many threads.
public final class RequestIdFilter extends OncePerRequestFilter {
  public static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = RequestIdFilter.class.getName();
  private static final String LOGGED = "req";
  private static final SecureRandom RANDOM = new SecureRandom();

  /// The id of a request, which is given one here if it has none yet.
  static String of(HttpServletRequest request, HttpServletResponse response) {
    if (request.getAttribute(ATTRIBUTE) instanceof String known) {
      return known;
    }
    String id = newId();
    request.setAttribute(ATTRIBUTE, id);
    response.setHeader(HEADER, id);
    return id;
  }

  /// The id of a request that came this far; null for one that passed no such filter.
  public static @Nullable String of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof String known ? known : null;
  }

  /// An id for a request that reaches no filter.
  public static String newId() {
    return HexFormat.of().toHexDigits(RANDOM.nextLong());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String before = MDC.get(LOGGED);
    MDC.put(LOGGED, of(request, response));
    try {
      chain.doFilter(request, response);
    } finally {
      if (before == null) {
        MDC.remove(LOGGED);
      } else {
        MDC.put(LOGGED, before);
      }
    }
  }

  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }
}
