package dev.handoff.spring.api;

import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Permission;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// One call of the HTTP API.
///
/// @param method how it is called
/// @param path where, below `handoff.api.path`, such as `/tasks/{id}`
/// @param needs what the caller's credential has to permit
/// @param action what it does
/// @param about what its documentation says
public record Endpoint(
    HttpMethod method, String path, Permission needs, Action action, EndpointDoc about) {
  /// Handles a call of a caller who is authenticated and permitted. Refusals are thrown as
  /// [dev.handoff.spring.web.ProblemException].
  @FunctionalInterface
  public interface Action {
    ServerResponse answer(ServerRequest request, Caller caller) throws Exception;
  }

  public static Endpoint get(String path, Permission needs, Action action, EndpointDoc about) {
    return new Endpoint(HttpMethod.GET, path, needs, action, about);
  }

  /// A call that changes something.
  public static Endpoint post(String path, Permission needs, Action action, EndpointDoc about) {
    return new Endpoint(HttpMethod.POST, path, needs, action, about);
  }

  boolean isForOperators() {
    return needs == Permission.OPERATOR;
  }

  /// Whether the call is about the task in its path. A task token is valid for such calls only.
  boolean isOfOneTask() {
    return path.startsWith("/tasks/{id}");
  }
}
