package dev.handoff.spring.api;

import dev.handoff.Handoff;
import dev.handoff.LogPosition;
import dev.handoff.Task;
import dev.handoff.TaskState;
import dev.handoff.spring.live.TaskStreams;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.EventNumber;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.web.ProblemFilter;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.spring.wire.ErrorView;
import dev.handoff.spring.wire.TaskView;
import dev.handoff.spring.wire.WireJson;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The calls about one task: its state, its events, its result. Safe for use by many threads.
public final class TaskCalls implements ApiCalls {
  /// Why a task was cancelled over HTTP.
  static final String BY_ITS_OWNER = "cancelled by its owner";

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Handoff handoff;
  private final TaskVisibility visibility;
  private final LongPolls longPolls;
  private final TaskViews views;
  private final EventAnswers answers;

  public TaskCalls(
      Handoff handoff, TaskVisibility visibility, TaskStreams streams, LongPolls longPolls) {
    this.handoff = handoff;
    this.visibility = visibility;
    this.longPolls = longPolls;
    this.views = new TaskViews(handoff);
    this.answers = new EventAnswers(handoff, streams, longPolls);
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/tasks/{id}",
            Permission.READ,
            this::task,
            EndpointDoc.call("getTask", "The task as it stands")
                .header(
                    "Prefer", String.class, "wait=N: wait up to N seconds, 1 to 60, for the end")
                .header(
                    "If-None-Match", String.class, "The ETag of the task as it is known already")
                .answers(200, TaskView.class, "The task")
                .answers(304, "The task has not changed")),
        Endpoint.get(
            "/tasks/{id}/result",
            Permission.READ,
            this::result,
            EndpointDoc.call("getResult", "What a completed task gave back")
                .header(
                    "Prefer", String.class, "wait=N: wait up to N seconds, 1 to 60, for the end")
                .answers(200, Object.class, "The result alone, as the type's schema says")),
        Endpoint.get(
            "/tasks/{id}/events",
            Permission.READ,
            this::events,
            EventAnswers.doc(
                "followTask",
                "The task's events, those that are there and then the others as they are"
                    + " committed")),
        Endpoint.post(
            "/tasks/{id}/cancel",
            Permission.CANCEL,
            this::cancel,
            EndpointDoc.call("cancelTask", "Ends an open task")
                .answers(200, TaskView.class, "The task as it then stands")),
        Endpoint.post(
            "/tasks/{id}/retry",
            Permission.OPERATE,
            this::retry,
            EndpointDoc.call("retryTask", "Has a failed task tried again")
                .answers(200, TaskView.class, "The task as it then stands")));
  }

  private ServerResponse task(ServerRequest request, Caller caller) throws InterruptedException {
    Task task = visible(caller, request);
    Map<String, String> headers = new HashMap<>();
    Optional<Duration> wait = LongPolls.preferredBy(request);
    if (wait.isPresent() && longPolls.untilEnd(caller, task, wait.get())) {
      headers.put("Preference-Applied", "wait=" + wait.get().toSeconds());
      task = visible(caller, request);
    }
    TaskViews.TaggedView shown = views.of(task, caller);
    headers.put(HttpHeaders.ETAG, shown.etag());
    return Etags.isKnown(request, shown.etag())
        ? ServerResponse.status(HttpStatus.NOT_MODIFIED)
            .headers(all -> headers.forEach(all::set))
            .build()
        : Answers.of(200, shown.view(), headers);
  }

  private ServerResponse result(ServerRequest request, Caller caller) throws InterruptedException {
    Task task = visible(caller, request);
    Optional<Duration> wait = LongPolls.preferredBy(request);
    if (wait.isPresent() && longPolls.untilEnd(caller, task, wait.get())) {
      task = visible(caller, request);
    }
    return switch (task.state()) {
      case TaskState.Completed(var result, var ignored) -> Answers.ok(WireJson.node(result));
      case TaskState.Queued ignored ->
          throw new ProblemException(Problem.NOT_FINISHED, ProblemFilter.retryAfter(RETRY_AFTER));
      case TaskState.Processing ignored ->
          throw new ProblemException(Problem.NOT_FINISHED, ProblemFilter.retryAfter(RETRY_AFTER));
      case TaskState.Failed ignored -> throw ended(Problem.TASK_FAILED, task);
      case TaskState.Cancelled ignored -> throw ended(Problem.TASK_CANCELLED, task);
    };
  }

  private static ProblemException ended(Problem problem, Task task) {
    ErrorView error = TaskView.of(task).error();
    return new ProblemException(
        problem, Map.of(), error == null ? Map.of() : Map.of("error", error));
  }

  private ServerResponse cancel(ServerRequest request, Caller caller) {
    Task task = visible(caller, request);
    var ignored = handoff.cancel(task.id(), BY_ITS_OWNER);
    return Answers.ok(views.of(handoff.find(task.id()).orElse(task), caller).view());
  }

  private ServerResponse retry(ServerRequest request, Caller caller) {
    Task task = visible(caller, request);
    if (!handoff.retry(task.id())) {
      throw new ProblemException(Problem.NOT_FAILED);
    }
    return Answers.ok(views.of(visible(caller, request), caller).view());
  }

  private ServerResponse events(ServerRequest request, Caller caller) throws InterruptedException {
    LogPosition position = EventNumber.lastSeen(request);
    Task task = visible(caller, request);
    return answers.of(request, caller, task, position);
  }

  private Task visible(Caller caller, ServerRequest request) {
    return visibility
        .find(caller, request.pathVariable("id"))
        .orElseThrow(() -> new ProblemException(Problem.TASK_NOT_FOUND));
  }
}
