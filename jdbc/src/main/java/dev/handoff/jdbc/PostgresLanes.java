package dev.handoff.jdbc;

import dev.handoff.StoreUnavailableException;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.jdbc.Lane.Call;
import dev.handoff.jdbc.PostgresWrites.Append;
import dev.handoff.jdbc.PostgresWrites.SaveStep;
import dev.handoff.jdbc.PostgresWrites.Write;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.Claimant;
import dev.handoff.store.NewTask;
import dev.handoff.store.Submitted;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where the calls of many threads come together: submits, what happens to tasks, and questions how
/// they stand. Safe for use by many threads.
final class PostgresLanes implements AutoCloseable {
  private static final int GROUP = 500;
  private static final int WRITERS = 2;

  private final PostgresConnections connections;
  private final Committer committer;
  private final PostgresSubmits submits;
  private final PostgresWrites writes;
  private final Lane<Submit, List<Submitted>> submitting;
  private final List<Lane<Write, Boolean>> writing;
  private final Lane<TaskId, Optional<Task>> finding;

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
    this.submitting = lane("submits", new Lane.Size(1, queue, GROUP), this::submitAll);
    this.writing =
        Stream.generate(
                () -> lane("writes", new Lane.Size(1, queue / WRITERS, GROUP), this::writeAll))
            .limit(WRITERS)
            .toList();
    this.finding = lane("finds", new Lane.Size(2, queue, GROUP), this::findAll);
  }

  private static <O, R> Lane<O, R> lane(String name, Lane.Size size, Lane.Work<O, R> work) {
    return new Lane<>(name, size, () -> PostgresErrors.queueFull(size.queue()), work);
  }

  /// Tasks, and who may start them at once.
  private record Submit(List<NewTask> tasks, Claimant claimant) {}

  List<Submitted> submit(List<NewTask> tasks, Claimant claimant) {
    return submitting.call(new Submit(tasks, claimant));
  }

  boolean write(Write write) {
    return writing.get(Math.floorMod(write.task().hashCode(), WRITERS)).call(write);
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
    together(calls, this::submitTogether);
  }

  // Where several come at once, the node is not idle.
  private void submitTogether(List<Call<Submit, List<Submitted>>> calls) {
    Claimant claimant =
        calls.size() == 1 ? calls.getFirst().operation().claimant() : Claimant.NOBODY;
    claimant.take(request -> submitAndStart(calls, request));
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

  // One write of each task at a time, in the order of their coming.
  private void writeAll(List<Call<Write, Boolean>> calls) {
    List<Call<Write, Boolean>> left = calls;
    while (!left.isEmpty()) {
      Map<TaskId, Call<Write, Boolean>> first = new LinkedHashMap<>();
      List<Call<Write, Boolean>> later = new ArrayList<>();
      for (Call<Write, Boolean> call : left) {
        if (first.putIfAbsent(call.operation().task(), call) != null) {
          later.add(call);
        }
      }
      writeEachKind(first.values());
      left = later;
    }
  }

  private void writeEachKind(Collection<Call<Write, Boolean>> calls) {
    List<Call<Write, Boolean>> steps = new ArrayList<>();
    List<Call<Write, Boolean>> plain = new ArrayList<>();
    List<Call<Write, Boolean>> withEffects = new ArrayList<>();
    for (Call<Write, Boolean> call : calls) {
      switch (call.operation()) {
        case SaveStep _ -> steps.add(call);
        case Append(var _, var _, var effects) when !effects.isEmpty() -> withEffects.add(call);
        case Append _, PostgresWrites.Cancel _ -> plain.add(call);
      }
    }
    together(plain, group -> writeTogether(group, writes::write));
    together(
        steps,
        group ->
            writeTogether(
                group, (writing, all) -> writes.saveSteps(writing, only(SaveStep.class, all))));
    together(withEffects, this::finishTogether);
  }

  private interface Writes {
    Set<TaskId> make(Writing writing, List<Write> all) throws SQLException;
  }

  private record Made(Set<TaskId> tasks, Announcements announcements) {}

  private void writeTogether(List<Call<Write, Boolean>> calls, Writes work) {
    List<Write> all = calls.stream().map(Call::operation).toList();
    answer(calls, connections.use(session -> made(session, all, work)));
  }

  private void finishTogether(List<Call<Write, Boolean>> calls) {
    List<Write> all = calls.stream().map(Call::operation).toList();
    Writes work = (writing, ends) -> writes.writeWithEffects(writing, only(Append.class, ends));
    answer(calls, connections.inTransaction(session -> made(session, all, work)));
  }

  private Made made(Session session, List<Write> all, Writes work) throws SQLException {
    Writing writing = writing(session);
    return new Made(work.make(writing, all), writing.announcements());
  }

  // Of its own for each run: a work that is run again tells everything again.
  private Writing writing(Session session) {
    return new Writing(session, committer.now(), new Announcements());
  }

  private void answer(List<Call<Write, Boolean>> calls, Made made) {
    writes.answered(calls.stream().map(Call::operation).toList());
    committer.tellEvents(made.announcements());
    calls.forEach(call -> call.answer(made.tasks().contains(call.operation().task())));
    committer.tellWhatFollows(made.announcements());
  }

  private static <T> List<T> only(Class<T> kind, List<Write> all) {
    return all.stream().map(kind::cast).toList();
  }

  private interface Group<O, R> {
    void run(List<Call<O, R>> calls);
  }

  // If one of the group throws, nothing of the group was written; each goes alone then, so that
  // only the guilty one fails. While the server is away all fail alike.
  private static <O, R> void together(List<Call<O, R>> calls, Group<O, R> group) {
    if (calls.isEmpty()) {
      return;
    }
    try {
      group.run(calls);
    } catch (StoreUnavailableException away) {
      calls.stream().filter(call -> !call.isAnswered()).forEach(call -> call.fail(away));
    } catch (RuntimeException | Error e) {
      if (calls.size() == 1) {
        calls.getFirst().fail(e);
      } else {
        calls.stream()
            .filter(call -> !call.isAnswered())
            .forEach(call -> together(List.of(call), group));
      }
    }
  }

  @Override
  public void close() {
    submitting.close();
    writing.forEach(Lane::close);
    finding.close();
  }
}
