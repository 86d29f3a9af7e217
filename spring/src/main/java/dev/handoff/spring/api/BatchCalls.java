package dev.handoff.spring.api;

import dev.handoff.spring.api.IdempotentSubmits.Receipt;
import dev.handoff.spring.api.SubmitReader.SubmitReading;
import dev.handoff.spring.api.SubmitTables.StoredBatch;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.wire.BatchBody;
import dev.handoff.spring.wire.BatchTakenView;
import dev.handoff.spring.wire.BatchTakenView.Item;
import dev.handoff.spring.wire.BatchView;
import dev.handoff.spring.wire.ViolationView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/// The calls about many tasks that are submitted together. Safe for use by many threads.
final class BatchCalls implements ApiCalls {
  private static final int MAX_TASKS = 1000;
  private static final int MAX_ERRORS = 100;

  private final Batches batches;
  private final SubmitReader reader;
  private final IdempotentSubmits submits;
  private final SubmitQuota quota;

  BatchCalls(Batches batches, SubmitCalls.SubmitPipeline pipeline) {
    this.batches = batches;
    this.reader = pipeline.reader();
    this.submits = pipeline.submits();
    this.quota = pipeline.quota();
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
            "/batches",
            Permission.SUBMIT,
            this::submit,
            EndpointDoc.call(
                    "submitBatch", "Hands off up to 1,000 tasks, all or none, or each by itself")
                .header(
                    "Idempotency-Key",
                    String.class,
                    "A name of this request: sent again, it is answered and not done again")
                .sends(BatchBody.class)
                .answers(202, BatchTakenView.class, "What became of each, in order")),
        Endpoint.get(
            "/batches/{id}",
            Permission.READ,
            (request, caller) -> Answers.ok(batches.view(found(request, caller))),
            EndpointDoc.call("getBatch", "How the tasks of a batch stand")
                .answers(200, BatchView.class, "The batch")),
        Endpoint.post(
            "/batches/{id}/cancel",
            Permission.CANCEL,
            this::cancel,
            EndpointDoc.call("cancelBatch", "Ends the tasks of a batch that are open")
                .answers(200, BatchView.class, "The batch as it then stands")));
  }

  private ServerResponse submit(ServerRequest request, Caller caller) throws Exception {
    JsonNode body = RequestJson.of(request);
    Optional<IdempotencyKey> key = IdempotencyKey.of(request, caller, body);
    Optional<Receipt> before = key.flatMap(submits::answered);
    if (before.isPresent()) {
      return answer(request, caller, before.get(), Map.of());
    }
    List<SubmitReading> read = read(body, caller);
    long accepted = read.stream().filter(SubmitReading.AcceptedSubmit.class::isInstance).count();
    Map<String, String> left = quota.take(caller, Math.toIntExact(accepted));
    String path = request.servletRequest().getRequestURI();
    Receipt receipt =
        key.map(name -> submits.once(name, () -> batches.submit(caller, read, path)))
            .orElseGet(() ->
                new Receipt(
                    submits.inTransaction(() -> batches.submit(caller, read, path)), false));
    return answer(request, caller, receipt, left);
  }

  private List<SubmitReading> read(JsonNode body, Caller caller) {
    JsonNode tasks = body.path("tasks");
    String mode = body.path("mode").asString("");
    requireForm(body, mode, tasks);
    List<SubmitReading> read = new ArrayList<>(tasks.size());
    List<ViolationView> errors = new ArrayList<>();
    for (JsonNode task : tasks) {
      SubmitReading reading = reader.read(task, caller);
      if (reading
          instanceof
          SubmitReading.RefusedSubmit(var ignored, List<ViolationView> wrong, var unusedStatus)) {
        int index = read.size();
        wrong.stream()
            .limit(MAX_ERRORS - errors.size())
            .forEach(error -> errors.add(error.at(index)));
      }
      read.add(reading);
    }
    if (mode.equals("atomic") && !errors.isEmpty()) {
      throw invalid(errors);
    }
    return read;
  }

  // Parsed by hand: each task has a schema of its own, and errors of its own in the answer.
  private static void requireForm(JsonNode body, String mode, JsonNode tasks) {
    List<ViolationView> errors = new ArrayList<>();
    if (!mode.equals("atomic") && !mode.equals("each")) {
      errors.add(new ViolationView("/mode", "is atomic or each"));
    }
    if (!tasks.isArray() || tasks.isEmpty() || tasks.size() > MAX_TASKS) {
      errors.add(new ViolationView("/tasks", "is a list of 1 to " + MAX_TASKS + " tasks"));
    }
    body.properties().stream()
        .map(Map.Entry::getKey)
        .filter(member -> !member.equals("mode") && !member.equals("tasks"))
        .limit(1)
        .forEach(
            ignored -> errors.add(new ViolationView("", "has the members mode and tasks alone")));
    if (!errors.isEmpty()) {
      throw invalid(errors);
    }
  }

  private static ProblemException invalid(List<ViolationView> errors) {
    return new ProblemException(Problem.INVALID_PAYLOAD, Map.of(), Map.of("errors", errors));
  }

  private ServerResponse answer(
      ServerRequest request, Caller caller, Receipt receipt, Map<String, String> left) {
    Map<String, String> headers = new HashMap<>(left);
    headers.put(HttpHeaders.LOCATION, Locations.of(request, "batches", receipt.answer()));
    if (receipt.replayed()) {
      headers.put(SubmitCalls.REPLAY, "true");
    }
    StoredBatch batch =
        batches
            .find(caller, receipt.answer())
            .orElseThrow(() -> new ProblemException(Problem.BATCH_NOT_FOUND, headers));
    return Answers.of(202, new BatchTakenView(batch.id(), batch.items()), headers);
  }

  private ServerResponse cancel(ServerRequest request, Caller caller) throws InterruptedException {
    StoredBatch batch = found(request, caller);
    batches.cancel(batch);
    return Answers.ok(batches.view(batch));
  }

  private StoredBatch found(ServerRequest request, Caller caller) {
    return batches
        .find(caller, request.pathVariable("id"))
        .orElseThrow(() -> new ProblemException(Problem.BATCH_NOT_FOUND));
  }

  static Item refused(SubmitReading.RefusedSubmit refused, String path) {
    return Item.refused(refused.problem().at(path, refused.members()));
  }
}
