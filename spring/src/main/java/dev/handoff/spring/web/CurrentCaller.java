package dev.handoff.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;

/// Tells who makes a request. An application with its own login declares a bean of it; without one
/// the owner is the name of the servlet container's user.
@FunctionalInterface
public interface CurrentCaller {
  /// The caller; empty without a login.
  Optional<Caller> of(HttpServletRequest request);

  /// When the request's credential ends, if it does: what stays open longer is closed then.
  default Optional<Instant> expiry(HttpServletRequest request) {
    return Optional.empty();
  }

  /// The container's user, without a tenant.
  static CurrentCaller containerUser() {
    return request ->
        Optional.ofNullable(request.getUserPrincipal())
            .map(user -> new Caller(user.getName(), null));
  }
}
