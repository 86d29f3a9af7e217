package dev.handoff.spring.live;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/// Turns the token that a browser sends as a subprotocol of a WebSocket, where it cannot set
/// headers, into a bearer header. Runs before authentication.
public final class LiveTokenFilter extends OncePerRequestFilter {
  public LiveTokenFilter() {}

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<String> token =
        request.getHeader(HttpHeaders.AUTHORIZATION) == null
            ? LiveProtocol.token(request)
            : Optional.empty();
    chain.doFilter(
        token.<HttpServletRequest>map(it -> new Bearing(request, it)).orElse(request), response);
  }

  private static final class Bearing extends HttpServletRequestWrapper {
    private final String header;

    Bearing(HttpServletRequest request, String token) {
      super(request);
      this.header = "Bearer " + token;
    }

    @Override
    public @Nullable String getHeader(String name) {
      return isIt(name) ? header : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return isIt(name) ? Collections.enumeration(Set.of(header)) : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      Set<String> names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
      names.add(HttpHeaders.AUTHORIZATION);
      return Collections.enumeration(names);
    }

    private static boolean isIt(String name) {
      return HttpHeaders.AUTHORIZATION.equalsIgnoreCase(name);
    }
  }
}
