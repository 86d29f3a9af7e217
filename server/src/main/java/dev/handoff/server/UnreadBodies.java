package dev.handoff.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Reads what a call left of its body before its answer goes out: a refusal is often written while
/// the body is still on its way. Jetty would answer at once, promise to keep the connection and
/// then close it, and the client's next call on it would be lost.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnreadBodies extends OncePerRequestFilter {
  // More is not read for anybody; the answer then says that the connection ends with it.
  private static final long MOST = 1L << 20;

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    boolean answers = !request.isAsyncStarted() && !response.isCommitted();
    if (answers && hasBody(request) && !readToEnd(request)) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
  }

  // Whoever waits to be told to go on with a body is not told so now.
  private static boolean hasBody(HttpServletRequest request) {
    return (request.getContentLengthLong() > 0
            || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null)
        && request.getHeader(HttpHeaders.EXPECT) == null;
  }

  private static boolean readToEnd(HttpServletRequest request) {
    try {
      InputStream rest = request.getInputStream();
      var _ = rest.skip(MOST);
      return rest.read() < 0;
    } catch (IOException | IllegalStateException unreadable) {
      return false;
    }
  }
}
