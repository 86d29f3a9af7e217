package dev.handoff.spring.api;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.LogPosition;
import dev.handoff.Operations;
import dev.handoff.PayloadException;
import dev.handoff.Task;
import dev.handoff.TaskHistory;
import dev.handoff.TaskId;
import dev.handoff.TaskSummary;
import dev.handoff.TaskType;
import dev.handoff.spring.live.TaskStreams;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.EventNumber;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.wire.OperatorTaskView;
import dev.handoff.spring.wire.OperatorTasksView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The operators' calls about tasks of all owners. Safe for use by many threads.
public final class OperatorTaskCalls implements ApiCalls {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorTaskCalls.class);
  private static final String BY_AN_OPERATOR = "cancelled by an operator";

  private final Handoff handoff;
  private final Operations operations;
  private final List<HandledType<?, ?>> types;
  private final TaskViews views;
  private final EventAnswers answers;

  /// @param types those that the application knows
  public OperatorTaskCalls(
      Handoff handoff, List<HandledType<?, ?>> types, TaskStreams streams, LongPolls longPolls) {
    this.types = List.copyOf(types);
    this.handoff = handoff;
    this.operations = handoff.operations();
    this.views = new TaskViews(handoff);
    this.answers = new EventAnswers(handoff, streams, longPolls);
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/ops/tasks", Permission.OPERATOR, this::list, OperatorTaskFilters.doc()),
        Endpoint.get(
            "/ops/tasks/{id}",
            Permission.OPERATOR,
            this::task,
            EndpointDoc.call("getOperatedTask", "Any task, with its owner and its attempts")
                .answers(200, OperatorTaskView.class, "The task")),
        Endpoint.get(
            "/ops/tasks/{id}/events",
            Permission.OPERATOR,
            this::events,
            EventAnswers.doc(
                "followOperatedTask", "The events of any task, as its owner has them")),
        Endpoint.post(
            "/ops/tasks/{id}/retry",
            Permission.OPERATOR,
            this::retry,
            EndpointDoc.call("retryOperatedTask", "Has any failed task tried again")
                .answers(200, OperatorTaskView.class, "The task as it then stands")),
        Endpoint.post(
            "/ops/tasks/{id}/cancel",
            Permission.OPERATOR,
            this::cancel,
            EndpointDoc.call("cancelOperatedTask", "Ends any open task")
                .answers(200, OperatorTaskView.class, "The task as it then stands")),
        Endpoint.post(
            "/ops/tasks/{id}/copy",
            Permission.OPERATOR,
            this::copy,
            EndpointDoc.call("copyOperatedTask", "Submits any task's request as a new task")
                .answers(201, OperatorTaskView.class, "The new task; Location is where it is")));
  }

  private ServerResponse list(ServerRequest request, Caller caller) {
    OperatorTaskFilters filters = OperatorTaskFilters.of(request);
    List<TaskSummary> found = operations.tasks(filters.query(), filters.before(), filters.limit());
    return Answers.ok(
        new OperatorTasksView(
            found.stream().map(OperatorTaskView::of).toList(),
            found.size() < filters.limit() ? null : found.getLast().id().toString()));
  }

  private ServerResponse task(ServerRequest request, Caller caller) {
    return shown(id(request), caller);
  }

  private ServerResponse events(ServerRequest request, Caller caller) throws InterruptedException {
    LogPosition position = EventNumber.lastSeen(request);
    Task task = handoff.find(id(request)).orElseThrow(OperatorTaskCalls::notFound);
    return answers.of(request, caller, task, position);
  }

  private ServerResponse retry(ServerRequest request, Caller caller) {
    TaskId id = handoff.find(id(request)).map(Task::id).orElseThrow(OperatorTaskCalls::notFound);
    if (!operations.retry(id)) {
      throw new ProblemException(Problem.NOT_FAILED);
    }
    LOG.info("operator {} had task {} tried again", caller.owner(), id);
    return shown(id, caller);
  }

  private ServerResponse cancel(ServerRequest request, Caller caller) {
    TaskId id = id(request);
    if (operations.cancel(id, BY_AN_OPERATOR)) {
      LOG.info("operator {} cancelled task {}", caller.owner(), id);
    }
    return shown(id, caller);
  }

  private ServerResponse copy(ServerRequest request, Caller caller) {
    Task task = handoff.find(id(request)).orElseThrow(OperatorTaskCalls::notFound);
    TaskId id = task.id();
    TaskType<?, ?> type =
        types.stream()
            .<TaskType<?, ?>>map(HandledType::type)
            .filter(one -> one.name().equals(task.type()))
            .findFirst()
            .orElseThrow(() -> new ProblemException(Problem.NOT_COPIED));
    TaskId copy;
    try {
      copy = operations.copy(type, id).orElseThrow(OperatorTaskCalls::notFound);
    } catch (PayloadException unreadable) {
      LOG.debug("task {} cannot be copied", id, unreadable);
      throw new ProblemException(Problem.NOT_COPIED);
    }
    LOG.info("operator {} copied task {} as {}", caller.owner(), id, copy);
    return Answers.of(
        201,
        view(copy, caller),
        Map.of(HttpHeaders.LOCATION, Locations.of(request, "ops/tasks", copy.toString())));
  }

  private ServerResponse shown(TaskId id, Caller caller) {
    return Answers.ok(view(id, caller));
  }

  private OperatorTaskView view(TaskId id, Caller caller) {
    TaskHistory history = operations.history(id).orElseThrow(OperatorTaskCalls::notFound);
    return OperatorTaskView.of(history, views.of(history.task(), caller).view());
  }

  private static TaskId id(ServerRequest request) {
    return Optional.of(request.pathVariable("id"))
        .flatMap(TaskId::parse)
        .orElseThrow(OperatorTaskCalls::notFound);
  }

  private static ProblemException notFound() {
    return new ProblemException(Problem.TASK_NOT_FOUND);
  }
}
