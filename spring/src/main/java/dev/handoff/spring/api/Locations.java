package dev.handoff.spring.api;

import org.springframework.web.servlet.function.ServerRequest;

/// Addresses of what a call made: paths on the same server, as the request reached it.
final class Locations {
  private Locations() {}

  /// Where the thing with this id is, beside or below the path that was called.
  static String of(ServerRequest request, String word, String id) {
    String called = request.servletRequest().getRequestURI();
    return called.substring(0, called.lastIndexOf("/" + word)) + "/" + word + "/" + id;
  }
}
