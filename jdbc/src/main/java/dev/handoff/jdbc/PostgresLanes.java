package dev.handoff.jdbc;

import dev.handoff.StoreUnavailableException;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.jdbc.Lane.Call;
import dev.handoff.jdbc.PostgresWrites.Write;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.Claimant;
import dev.handoff.store.NewTask;
import dev.handoff.store.Submitted;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the calls of many threads come together: submits, what happens to tasks, and questions how
/// they stand. Whoever may have to wait for somebody else's transaction has a lane apart, and no
/// node's claims wait for it. Safe for use by many threads.
final class PostgresLanes implements AutoCloseable {
  private static final int GROUP = 500;

  private final PostgresConnections connections;
  private final Committer committer;
  private final PostgresSubmits submits;
  private final PostgresWrites writes;
  private final Lane<Submit, List<Submitted>> submitting;
  private final Lane<TaskId, Optional<Task>> finding;
  private final PostgresJoins joining;
  private final PostgresWriteLanes writing;
  private final PatientLane patient;

  PostgresLanes(
      PostgresConnections connections,
      int queue,
      Committer committer,
      PostgresSubmits submits,
      PostgresWrites writes) {
    this.connections = connections;
    this.committer = committer;
    this.submits = submits;
    this.writes = writes;
    this.submitting =
        lane(
            "submits",
            new Lane.Size<>(1, queue, GROUP, submit -> Sizes.of(submit.tasks())),
            this::submitAll);
    this.finding = lane("finds", new Lane.Size<>(2, queue, GROUP, _ -> 0), this::findAll);
    this.patient = new PatientLane(queue, connections.scheduler());
    this.joining = new PostgresJoins(connections, queue, committer, submits, patient);
    this.writing = new PostgresWriteLanes(connections, queue, committer, writes, patient);
  }

  private <O, R> Lane<O, R> lane(String name, Lane.Size<O> size, Lane.Work<O, R> work) {
    return new Lane<>(
        name, size, () -> PostgresErrors.queueFull(size.queue()), connections.scheduler(), work);
  }

  /// Tasks, and who may start them at once.
  private record Submit(List<NewTask> tasks, Claimant claimant) {}

  List<Submitted> submit(List<NewTask> tasks, Claimant claimant) {
    return PostgresSubmits.mayJoin(tasks)
        ? joining.submit(tasks)
        : submitting.call(new Submit(tasks, claimant));
  }

  boolean write(Write write) {
    return writing.write(write);
  }

  Optional<Task> find(TaskId task) {
    return finding.call(task);
  }

  private void findAll(List<Call<TaskId, Optional<Task>>> calls) {
    Set<TaskId> ids = new HashSet<>();
    calls.forEach(call -> ids.add(call.operation()));
    Map<TaskId, Task> found =
        connections.use(session -> PostgresReads.find(session, ids, committer.now()));
    calls.forEach(call -> call.answer(Optional.ofNullable(found.get(call.operation()))));
  }

  private void submitAll(List<Call<Submit, List<Submitted>>> calls) {
    Lane.together(calls, this::submitTogether);
  }

  // Where several come at once, the node is not idle.
  private void submitTogether(List<Call<Submit, List<Submitted>>> calls) {
    Claimant claimant =
        calls.size() == 1 ? calls.getFirst().operation().claimant() : Claimant.NOBODY;
    Optional<Claimant.Offer> offered = claimant.offer();
    if (offered.isEmpty()) {
      var _ = submitAndStart(calls, Optional.empty());
      return;
    }
    try (Claimant.Offer offer = offered.get()) {
      offer.start(submitAndStart(calls, Optional.of(offer.request())));
    }
  }

  private List<Claim> submitAndStart(
      List<Call<Submit, List<Submitted>>> calls, Optional<ClaimRequest> request) {
    List<NewTask> tasks =
        calls.stream().flatMap(call -> call.operation().tasks().stream()).toList();
    record Done(PostgresSubmits.Stored stored, Announcements announcements) {}
    Done done;
    try {
      done =
          connections.use(session -> {
            Writing writing = writing(session);
            return new Done(submits.submit(writing, tasks, request), writing.announcements());
          });
    } catch (RuntimeException e) {
      // Otherwise each comes again alone.
      if (calls.size() == 1 || e instanceof StoreUnavailableException) {
        submits.answered(tasks);
      }
      throw e;
    }
    submits.answered(tasks);
    PostgresSubmits.Stored stored = done.stored();
    stored.started().forEach(each -> writes.claimed(each.stored()));
    committer.tellEvents(done.announcements());
    int from = 0;
    for (Call<Submit, List<Submitted>> call : calls) {
      int until = from + call.operation().tasks().size();
      call.answer(List.copyOf(stored.submitted().subList(from, until)));
      from = until;
    }
    committer.tellWhatFollows(done.announcements());
    return stored.started().stream().map(StartedRow::claim).toList();
  }

  // Of its own for each run: a work that is run again tells everything again.
  private Writing writing(Session session) {
    return new Writing(session, committer.now(), new Announcements());
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
