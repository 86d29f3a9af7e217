package dev.handoff.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Answers are in one language, so nobody reads which ones a request prefers: Jetty refuses a
/// malformed list of them when it is asked for, which the filters do, and again on the way to the
/// error answer, so that there would be none.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OneLanguage extends OncePerRequestFilter {
  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean asks = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) != null;
    chain.doFilter(asks ? new InEnglish(request) : request, response);
  }

  private static final class InEnglish extends HttpServletRequestWrapper {
    InEnglish(HttpServletRequest request) {
      super(request);
    }

    @Override
    public Locale getLocale() {
      return Locale.ENGLISH;
    }

    @Override
    public Enumeration<Locale> getLocales() {
      return Collections.enumeration(List.of(Locale.ENGLISH));
    }
  }
}
