package dev.handoff.spring.live;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/// Reads the headers of a WebSocket request.
final class LiveProtocol {
  /// The only subprotocol that is accepted.
  static final String NAME = "handoff.v1";

  private static final String TOKEN = "handoff.token.";
  private static final Pattern COMMA = Pattern.compile(",");

  private LiveProtocol() {}

  static boolean isUpgrade(HttpServletRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
        && offered(request).anyMatch(NAME::equals);
  }

  /// Returns the token among the offered subprotocols.
  static Optional<String> token(HttpServletRequest request) {
    return offered(request)
        .filter(offer -> offer.startsWith(TOKEN) && offer.length() > TOKEN.length())
        .map(offer -> offer.substring(TOKEN.length()))
        .findFirst();
  }

  private static Stream<String> offered(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders("Sec-WebSocket-Protocol"));
    return headers.stream().flatMap(COMMA::splitAsStream).map(String::strip);
  }

  /// Returns whether the request comes from a page of this site, by the `Origin` header that a
  /// browser sets.
  static boolean isOfThisSite(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String host = request.getHeader(HttpHeaders.HOST);
    if (origin == null || host == null) {
      return false;
    }
    try {
      URI page = URI.create(origin);
      return page.getAuthority() != null
          && withPort(page.getAuthority(), page.getScheme())
              .equalsIgnoreCase(withPort(host, page.getScheme()));
    } catch (IllegalArgumentException noOrigin) {
      return false;
    }
  }

  // The host only: behind a proxy that ends TLS the scheme differs.
  private static String withPort(String authority, String scheme) {
    boolean hasPort = authority.matches(".*:[0-9]+");
    return hasPort ? authority : authority + ("https".equals(scheme) ? ":443" : ":80");
  }
}
