package dev.handoff.jdbc.postgres;

import dev.handoff.StoreUnavailableException;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.jdbc.postgres.Batcher.BatchedCall;
import dev.handoff.jdbc.postgres.TaskWrites.Write;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.WriteSizes;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.PostgresErrors;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.Claimant;
import dev.handoff.store.NewTask;
import dev.handoff.store.SubmitResult;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The batchers of submits, writes and lookups. Calls that may wait for another transaction have
/// batchers of their own, so that claims do not wait for them. Safe for use by many threads.
public final class PostgresBatchers implements AutoCloseable {
  private static final int GROUP = 500;

  private final PostgresConnections connections;
  private final AfterCommit afterCommit;
  private final Submits submits;
  private final TaskWrites writes;
  private final Batcher<SubmitCall, List<SubmitResult>> submitting;
  private final Batcher<TaskId, Optional<Task>> finding;
  private final JoinBatcher joining;
  private final WriteBatchers writing;
  private final PatientBatcher patient;

  public PostgresBatchers(
      PostgresConnections connections,
      int queue,
      AfterCommit afterCommit,
      Submits submits,
      TaskWrites writes) {
    this.connections = connections;
    this.afterCommit = afterCommit;
    this.submits = submits;
    this.writes = writes;
    this.submitting =
        batcher(
            "submits",
            new Batcher.BatcherSize<>(1, queue, GROUP, submit -> WriteSizes.of(submit.tasks())),
            this::submitAll);
    this.finding =
        batcher("finds", new Batcher.BatcherSize<>(2, queue, GROUP, ignored -> 0), this::findAll);
    this.patient = new PatientBatcher(queue, connections.scheduler());
    this.joining = new JoinBatcher(connections, queue, afterCommit, submits, patient);
    this.writing = new WriteBatchers(connections, queue, afterCommit, writes, patient);
  }

  private <O, R> Batcher<O, R> batcher(
      String name, Batcher.BatcherSize<O> size, Batcher.GroupWork<O, R> work) {
    return new Batcher<>(
        name, size, () -> PostgresErrors.queueFull(size.queue()), connections.scheduler(), work);
  }

  private record SubmitCall(List<NewTask> tasks, Claimant claimant) {}

  public List<SubmitResult> submit(List<NewTask> tasks, Claimant claimant) {
    return Submits.mayJoin(tasks)
        ? joining.submit(tasks)
        : submitting.call(new SubmitCall(tasks, claimant));
  }

  public boolean write(Write write) {
    return writing.write(write);
  }

  public Optional<Task> find(TaskId task) {
    return finding.call(task);
  }

  private void findAll(List<BatchedCall<TaskId, Optional<Task>>> calls) {
    Set<TaskId> ids = new HashSet<>();
    calls.forEach(call -> ids.add(call.operation()));
    Map<TaskId, Task> found =
        connections.use(session -> TaskReads.find(session, ids, afterCommit.now()));
    calls.forEach(call -> call.answer(Optional.ofNullable(found.get(call.operation()))));
  }

  private void submitAll(List<BatchedCall<SubmitCall, List<SubmitResult>>> calls) {
    Batcher.together(calls, this::submitTogether);
  }

  // Where several come at once, the node is not idle.
  private void submitTogether(List<BatchedCall<SubmitCall, List<SubmitResult>>> calls) {
    Claimant claimant =
        calls.size() == 1 ? calls.getFirst().operation().claimant() : Claimant.NOBODY;
    Optional<Claimant.Offer> offered = claimant.offer();
    if (offered.isEmpty()) {
      var ignored = submitAndStart(calls, Optional.empty());
      return;
    }
    try (Claimant.Offer offer = offered.get()) {
      offer.start(submitAndStart(calls, Optional.of(offer.request())));
    }
  }

  private List<Claim> submitAndStart(
      List<BatchedCall<SubmitCall, List<SubmitResult>>> calls, Optional<ClaimRequest> request) {
    List<NewTask> tasks =
        calls.stream().flatMap(call -> call.operation().tasks().stream()).toList();
    AnnouncedResult<Submits.StoredSubmits> done;
    try {
      done =
          connections.use(session -> {
            WriteTransaction writing = writing(session);
            return new AnnouncedResult<>(
                submits.submit(writing, tasks, request), writing.announcements());
          });
    } catch (RuntimeException e) {
      // Otherwise each comes again alone.
      if (calls.size() == 1 || e instanceof StoreUnavailableException) {
        submits.answered(tasks);
      }
      throw e;
    }
    submits.answered(tasks);
    Submits.StoredSubmits stored = done.result();
    stored.started().forEach(each -> writes.claimed(each.stored()));
    afterCommit.tellEvents(done.announcements());
    int from = 0;
    for (BatchedCall<SubmitCall, List<SubmitResult>> call : calls) {
      int until = from + call.operation().tasks().size();
      call.answer(List.copyOf(stored.submitted().subList(from, until)));
      from = until;
    }
    afterCommit.tellWhatFollows(done.announcements());
    return stored.started().stream().map(StartedRow::claim).toList();
  }

  // Of its own for each run: a work that is run again tells everything again.
  private WriteTransaction writing(SqlSession session) {
    return new WriteTransaction(session, afterCommit.now(), new Announcements());
  }

  @Override
  public void close() {
    submitting.close();
    joining.close();
    writing.close();
    patient.close();
    finding.close();
  }
}
