package dev.handoff.spring.api;

import dev.handoff.Handoff;
import dev.handoff.Task;
import dev.handoff.spring.live.TaskStreams;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.EventNumber;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.spring.wire.EventView;
import dev.handoff.spring.wire.TaskView;
import dev.handoff.spring.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The calls about one task: how it stands, its events, its end. Safe for use by many threads.
public final class TaskCalls implements ApiCalls {
  private final Handoff handoff;
  private final TaskVisibility visibility;
  private final TaskStreams streams;

  /// Over this engine.
  public TaskCalls(Handoff handoff, TaskVisibility visibility, TaskStreams streams) {
    this.handoff = handoff;
    this.visibility = visibility;
    this.streams = streams;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/tasks/{id}",
            Permission.READ,
            this::task,
            About.call("getTask", "The task as it stands")
                .answers(200, TaskView.class, "The task")),
        Endpoint.get(
            "/tasks/{id}/events",
            Permission.READ,
            this::events,
            About.call(
                    "followTask",
                    "The task's events, those that are there and then the others as they are"
                        + " committed")
                .header("Last-Event-ID", Long.class, "Resume after this number")
                .query("after", Long.class, "The same, for clients without headers")
                .streams(
                    200,
                    EventView.class,
                    MediaType.TEXT_EVENT_STREAM_VALUE,
                    "Server-sent events; id is the number, event the type, data the event as JSON")
                .answers(
                    204,
                    "The task has ended and nothing after the given number is left to replay")),
        Endpoint.post(
            "/tasks/{id}/cancel",
            Permission.CANCEL,
            this::cancel,
            About.call("cancelTask", "Ends an open task")
                .answers(200, TaskView.class, "The task as it then stands")));
  }

  private ServerResponse task(ServerRequest request, Caller caller) {
    return answer(visible(caller, request));
  }

  private ServerResponse cancel(ServerRequest request, Caller caller) {
    Task task = visible(caller, request);
    var _ = handoff.cancel(task.id(), "cancelled by its owner");
    return answer(handoff.find(task.id()).orElse(task));
  }

  private ServerResponse events(ServerRequest request, Caller caller) {
    long after = EventNumber.lastSeen(request);
    Task task = visible(caller, request);
    // The standard's word for "do not come back": there is nothing left to tell.
    return task.isTerminal() && after >= task.activity().lastEvent()
        ? ServerResponse.noContent().build()
        : streams.open(caller, task.id(), after);
  }

  private Task visible(Caller caller, ServerRequest request) {
    return visibility
        .find(caller, request.pathVariable("id"))
        .orElseThrow(() -> new ProblemException(Problem.TASK_NOT_FOUND));
  }

  private static ServerResponse answer(Task task) {
    return ServerResponse.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(WireJson.write(TaskView.of(task)).getBytes(StandardCharsets.UTF_8));
  }
}
