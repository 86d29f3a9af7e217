package dev.handoff.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Finds the caller of a request. An application with its own login declares a bean of this type;
/// without one the owner is the name of the servlet container's user.
@FunctionalInterface
public interface CurrentCaller {
  /// The caller; empty without a login, which is answered with 401. An exception of Spring Security
  /// is answered with 401 or 403.
  Optional<Caller> of(HttpServletRequest request);

  /// Returns when the request's credential expires, if it does. Event streams and sockets that are
  /// still open are closed then. Asked when one is opened.
  default Optional<Instant> expiry(HttpServletRequest request) {
    return Optional.empty();
  }

  /// Returns a check of whether the request's credential is still valid, apart from its expiry: it
  /// may have been revoked, or its user logged out. Streams and sockets that are open are closed
  /// once it says no. Asked every 3 s by one thread for all of them, so it answers from a cache or
  /// with one short query; an exception counts as a yes. Keeps nothing of the request.
  default BooleanSupplier validity(HttpServletRequest request) {
    return () -> true;
  }

  /// Returns whether the caller may see and change what belongs to all callers. For everybody else
  /// the operators' calls do not exist. Asked for each of them, and for no other call.
  default boolean isOperator(HttpServletRequest request) {
    return false;
  }

  /// The container's user, without a tenant.
  static CurrentCaller containerUser() {
    return request ->
        Optional.ofNullable(request.getUserPrincipal())
            .map(user -> new Caller(user.getName(), null));
  }
}
