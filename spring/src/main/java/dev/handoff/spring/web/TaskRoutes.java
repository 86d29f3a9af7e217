package dev.handoff.spring.web;

import static org.springframework.web.servlet.function.RequestPredicates.path;

import dev.handoff.Handoff;
import dev.handoff.Task;
import dev.handoff.spring.wire.TaskView;
import dev.handoff.spring.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The calls under `handoff.api.path`: a task, its events, its end. Safe for use by many threads.
public final class TaskRoutes {
  private final Handoff handoff;
  private final TaskVisibility visibility;
  private final CurrentCaller currentCaller;
  private final TaskStreams streams;
  private final Unavailability unavailability;

  /// Over this engine, asking this about the caller.
  public TaskRoutes(
      Handoff handoff,
      TaskVisibility visibility,
      CurrentCaller currentCaller,
      TaskStreams streams,
      Unavailability unavailability) {
    this.handoff = handoff;
    this.visibility = visibility;
    this.currentCaller = currentCaller;
    this.streams = streams;
    this.unavailability = unavailability;
  }

  /// The routes below this path. Everything under `/tasks` is answered here: what matches nothing
  /// is a problem detail too. Other paths are left to the application's own calls.
  public RouterFunction<ServerResponse> under(String apiPath) {
    return RouterFunctions.route()
        .path(
            apiPath,
            api ->
                api.GET("/tasks/{id}", this::task)
                    .GET("/tasks/{id}/events", this::events)
                    .POST("/tasks/{id}/cancel", this::cancel)
                    .route(path("/tasks/{id}"), _ -> notAllowed("GET"))
                    .route(path("/tasks/{id}/events"), _ -> notAllowed("GET"))
                    .route(path("/tasks/{id}/cancel"), _ -> notAllowed("POST"))
                    .route(path("/tasks/**"), _ -> unknown()))
        .filter(new ProblemFilter(unavailability))
        .build();
  }

  private ServerResponse task(ServerRequest request) {
    return answer(visible(request));
  }

  private ServerResponse cancel(ServerRequest request) {
    Task task = visible(request);
    var _ = handoff.cancel(task.id(), "cancelled by its owner");
    return answer(handoff.find(task.id()).orElse(task));
  }

  private ServerResponse events(ServerRequest request) {
    Caller caller = caller(request);
    long after = EventNumber.lastSeen(request);
    Task task = visible(caller, request);
    // The standard's word for "do not come back": there is nothing left to tell.
    return task.isTerminal() && after >= task.activity().lastEvent()
        ? ServerResponse.noContent().build()
        : streams.open(caller, task.id(), after);
  }

  private Task visible(ServerRequest request) {
    return visible(caller(request), request);
  }

  private Task visible(Caller caller, ServerRequest request) {
    return visibility
        .find(caller, request.pathVariable("id"))
        .orElseThrow(() -> new ProblemException(Problem.TASK_NOT_FOUND));
  }

  private Caller caller(ServerRequest request) {
    return currentCaller
        .of(request.servletRequest())
        .orElseThrow(() -> new ProblemException(Problem.NOT_AUTHENTICATED));
  }

  private static ServerResponse answer(Task task) {
    return ServerResponse.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(WireJson.write(TaskView.of(task)).getBytes(StandardCharsets.UTF_8));
  }

  private static ServerResponse notAllowed(String allowed) {
    throw new ProblemException(Problem.METHOD_NOT_ALLOWED, Map.of(HttpHeaders.ALLOW, allowed));
  }

  private static ServerResponse unknown() {
    throw new ProblemException(Problem.NO_SUCH_ENDPOINT);
  }
}
