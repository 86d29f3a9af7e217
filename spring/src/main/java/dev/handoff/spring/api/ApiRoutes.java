package dev.handoff.spring.api;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static org.springframework.web.servlet.function.RequestPredicates.method;
import static org.springframework.web.servlet.function.RequestPredicates.path;

import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.CurrentCaller;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.web.ProblemFilter;
import dev.handoff.spring.web.Unavailability;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// All calls of the API as routes. The caller and the permissions of its credential are checked
/// here. Safe for use by many threads.
public final class ApiRoutes {
  private final List<Endpoint> endpoints;
  private final CurrentCaller currentCaller;
  private final Unavailability unavailability;

  public ApiRoutes(
      Collection<ApiCalls> calls, CurrentCaller currentCaller, Unavailability unavailability) {
    this.endpoints = calls.stream().flatMap(group -> group.endpoints().stream()).toList();
    this.currentCaller = currentCaller;
    this.unavailability = unavailability;
  }

  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /// Returns the first segment of each call's path, such as `/tasks`: what is below them belongs to
  /// the API, and nothing else does.
  public List<String> roots() {
    return endpoints.stream()
        .map(endpoint -> "/" + endpoint.path().substring(1).split("/", 2)[0])
        .distinct()
        .toList();
  }

  /// Returns the routes below this path. Everything below a first segment that the API uses, such
  /// as `/tasks`, is answered here, with a problem detail if no call matches. Other paths are left
  /// to the application.
  public RouterFunction<ServerResponse> under(String apiPath) {
    RouterFunctions.Builder routes = RouterFunctions.route();
    endpoints.forEach(endpoint ->
        routes.route(
            method(endpoint.method()).and(path(apiPath + endpoint.path())),
            request -> answer(endpoint, request)));
    byPath()
        .forEach(
            (path, at) -> routes.route(path(apiPath + path), request -> notAllowed(at, request)));
    roots().forEach(root -> routes.route(path(apiPath + root + "/**"), ignored -> unknown()));
    return routes.filter(new ProblemFilter(unavailability)).build();
  }

  private ServerResponse answer(Endpoint endpoint, ServerRequest request) throws Exception {
    if (isHidden(endpoint, request)) {
      return unknown();
    }
    Caller caller =
        currentCaller
            .of(request.servletRequest())
            .orElseThrow(() -> new ProblemException(Problem.NOT_AUTHENTICATED));
    boolean reaches =
        (endpoint.isForOperators() || caller.access().permissions().contains(endpoint.needs()))
            && (caller.access().onlyTask() == null || endpoint.isOfOneTask());
    if (!reaches) {
      throw new ProblemException(Problem.NOT_PERMITTED);
    }
    ReadableRequest.require(request.servletRequest());
    return endpoint.action().answer(request, caller);
  }

  // Whoever is no operator is not told that there is such a call.
  private boolean isHidden(Endpoint endpoint, ServerRequest request) {
    return endpoint.isForOperators() && !currentCaller.isOperator(request.servletRequest());
  }

  private Map<String, List<Endpoint>> byPath() {
    return endpoints.stream().collect(groupingBy(Endpoint::path, LinkedHashMap::new, toList()));
  }

  private static String methods(List<Endpoint> at) {
    return at.stream().map(endpoint -> endpoint.method().name()).sorted().collect(joining(", "));
  }

  private ServerResponse notAllowed(List<Endpoint> at, ServerRequest request) {
    List<Endpoint> seen = at.stream().filter(endpoint -> !isHidden(endpoint, request)).toList();
    if (seen.isEmpty()) {
      return unknown();
    }
    throw new ProblemException(
        Problem.METHOD_NOT_ALLOWED, Map.of(HttpHeaders.ALLOW, methods(seen)));
  }

  private static ServerResponse unknown() {
    throw new ProblemException(Problem.NO_SUCH_ENDPOINT);
  }
}
