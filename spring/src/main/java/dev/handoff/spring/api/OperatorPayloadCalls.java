package dev.handoff.spring.api;

import dev.handoff.Handoff;
import dev.handoff.Operations;
import dev.handoff.Payload;
import dev.handoff.TaskId;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The operators' calls that return what people wrote and got. Each look is logged. Safe for use by
/// many threads.
public final class OperatorPayloadCalls implements ApiCalls {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorPayloadCalls.class);

  private final Operations operations;
  private final boolean allowed;

  /// @param allowed if false, there is nothing to see: 404
  public OperatorPayloadCalls(Handoff handoff, boolean allowed) {
    this.operations = handoff.operations();
    this.allowed = allowed;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/ops/tasks/{id}/request",
            Permission.OPERATOR,
            (request, caller) -> payload(request, caller, operations::request),
            EndpointDoc.call("getOperatedRequest", "The request of any task, as it is stored")
                .answers(200, Object.class, "The request")),
        Endpoint.get(
            "/ops/tasks/{id}/result",
            Permission.OPERATOR,
            (request, caller) -> payload(request, caller, operations::result),
            EndpointDoc.call("getOperatedResult", "The result of any task, as it is stored")
                .answers(200, Object.class, "The result; 404 while there is none")),
        Endpoint.get(
            "/ops/tasks/{id}/steps/{name}",
            Permission.OPERATOR,
            (request, caller) ->
                payload(request, caller, id -> operations.step(id, request.pathVariable("name"))),
            EndpointDoc.call("getOperatedStep", "What a step of any task remembers")
                .answers(200, Object.class, "The step's value")));
  }

  private ServerResponse payload(
      ServerRequest request, Caller caller, Function<TaskId, Optional<Payload>> read) {
    TaskId id = TaskId.parse(request.pathVariable("id")).orElseThrow(OperatorPayloadCalls::none);
    if (!allowed) {
      throw none();
    }
    Payload found = read.apply(id).orElseThrow(OperatorPayloadCalls::none);
    LOG.info("operator {} looked at what task {} holds", caller.owner(), id);
    return Answers.ok(json(found.text()));
  }

  // By default it is JSON; an application may store any text.
  private static JsonNode json(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException otherText) {
      return JsonMapper.shared().valueToTree(text);
    }
  }

  private static ProblemException none() {
    return new ProblemException(Problem.TASK_NOT_FOUND);
  }
}
