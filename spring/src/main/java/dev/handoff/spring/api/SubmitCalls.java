package dev.handoff.spring.api;

import dev.handoff.Handoff;
import dev.handoff.Task;
import dev.handoff.Work;
import dev.handoff.spring.api.IdempotentSubmits.Receipt;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.spring.wire.SubmitBody;
import dev.handoff.spring.wire.TaskView;
import dev.handoff.spring.wire.TypesView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/// The calls that hand off one task: which types there are, and the submit. Safe for use by many
/// threads.
final class SubmitCalls implements ApiCalls {
  /// The header of an answer that repeats that of an earlier request with the same key.
  static final String REPLAY = "Idempotent-Replay";

  private final Handoff handoff;
  private final TaskVisibility visibility;
  private final OpenTypes types;
  private final SubmitReader reader;
  private final IdempotentSubmits submits;
  private final SubmitQuota quota;
  private final LongPolls longPolls;
  private final TaskViews views;

  /// What a submit goes through.
  record SubmitPipeline(
      OpenTypes types, SubmitReader reader, IdempotentSubmits submits, SubmitQuota quota) {}

  SubmitCalls(
      Handoff handoff, TaskVisibility visibility, SubmitPipeline pipeline, LongPolls longPolls) {
    this.handoff = handoff;
    this.visibility = visibility;
    this.types = pipeline.types();
    this.reader = pipeline.reader();
    this.submits = pipeline.submits();
    this.quota = pipeline.quota();
    this.longPolls = longPolls;
    this.views = new TaskViews(handoff);
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/types",
            Permission.READ,
            (caller, request) -> Answers.ok(types.view()),
            EndpointDoc.call(
                    "listTypes", "The task types that may be submitted, with their schemas")
                .answers(200, TypesView.class, "The types")),
        Endpoint.post(
            "/tasks",
            Permission.SUBMIT,
            this::submit,
            EndpointDoc.call("submitTask", "Hands off a task")
                .header(
                    "Idempotency-Key",
                    String.class,
                    "A name of this request: sent again, it is answered and not done again")
                .header(
                    "Prefer", String.class, "wait=N: wait up to N seconds, 1 to 60, for the end")
                .sends(SubmitBody.class)
                .answers(200, TaskView.class, "The task, which ended within the time to wait")
                .answers(202, TaskView.class, "The task; Location is where to ask for it")));
  }

  private ServerResponse submit(ServerRequest request, Caller caller) throws Exception {
    JsonNode body = RequestJson.of(request);
    Optional<IdempotencyKey> key = IdempotencyKey.of(request, caller, body);
    Optional<Receipt> before = key.flatMap(submits::answered);
    if (before.isPresent()) {
      return answer(request, caller, before.get(), Map.of());
    }
    Work<?> work =
        switch (reader.read(body, caller)) {
          case SubmitReader.SubmitReading.AcceptedSubmit(var accepted) -> accepted;
          case SubmitReader.SubmitReading.RefusedSubmit refused -> throw refused.thrown();
        };
    Map<String, String> left = quota.take(caller, 1);
    Receipt receipt =
        key.map(name -> submits.once(name, () -> submitted(work)))
            .orElseGet(() -> new Receipt(submitted(work), false));
    return answer(request, caller, receipt, left);
  }

  private String submitted(Work<?> work) {
    return handoff.submitAll(List.of(work)).getFirst().toString();
  }

  private ServerResponse answer(
      ServerRequest request, Caller caller, Receipt receipt, Map<String, String> left)
      throws InterruptedException {
    Map<String, String> headers = new HashMap<>(left);
    headers.put(HttpHeaders.LOCATION, Locations.of(request, "tasks", receipt.answer()));
    if (receipt.replayed()) {
      headers.put(REPLAY, "true");
    }
    // A key may outlive its task.
    Task task = find(caller, receipt.answer(), headers);
    Optional<Duration> wait = LongPolls.preferredBy(request);
    if (wait.isPresent() && longPolls.untilEnd(caller, task, wait.get())) {
      headers.put("Preference-Applied", "wait=" + wait.get().toSeconds());
      task = find(caller, receipt.answer(), headers);
    }
    TaskViews.TaggedView shown = views.of(task, caller);
    headers.put(HttpHeaders.ETAG, shown.etag());
    boolean ended = wait.isPresent() && task.isTerminal();
    return Answers.of(ended ? 200 : 202, shown.view(), headers);
  }

  private Task find(Caller caller, String id, Map<String, String> headers) {
    return visibility
        .find(caller, id)
        .orElseThrow(() -> new ProblemException(Problem.TASK_NOT_FOUND, headers));
  }
}
