package dev.handoff.spring.api;

import org.springframework.web.servlet.function.ServerRequest;

/// Paths of created resources, relative to the server as the request addressed it.
final class Locations {
  private Locations() {}

  /// Returns the path of the resource with this id, beside or below the path of the request.
  static String of(ServerRequest request, String word, String id) {
    String called = request.servletRequest().getRequestURI();
    return called.substring(0, called.lastIndexOf("/" + word)) + "/" + word + "/" + id;
  }
}
