package dev.handoff.jdbc.postgres;

import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskId;
import dev.handoff.jdbc.postgres.Batcher.BatchedCall;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.WriteSizes;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.PostgresErrors;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.NewTask;
import dev.handoff.store.SubmitResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Batches submits that may join equal tasks. Such a submit can wait for an application's open
/// transaction that has submitted an equal task. So these submits have a batcher of their own,
/// block no claims, and wait for a bounded time. Safe for use by many threads.
public final class JoinBatcher implements AutoCloseable {
  private static final int GROUP = 500;
  private static final int ROUNDS = 10;
  private static final Duration GROUP_PATIENCE = Duration.ofMillis(200);

  private final PostgresConnections connections;
  private final AfterCommit afterCommit;
  private final Submits submits;
  private final PatientBatcher patient;
  private final Batcher<List<NewTask>, List<SubmitResult>> batcher;

  JoinBatcher(
      PostgresConnections connections,
      int queue,
      AfterCommit afterCommit,
      Submits submits,
      PatientBatcher patient) {
    this.connections = connections;
    this.afterCommit = afterCommit;
    this.submits = submits;
    this.patient = patient;
    this.batcher =
        new Batcher<>(
            "joins",
            new Batcher.BatcherSize<>(1, queue, GROUP, WriteSizes::of),
            () -> PostgresErrors.queueFull(queue),
            connections.scheduler(),
            this::submitAll);
  }

  List<SubmitResult> submit(List<NewTask> tasks) {
    return batcher.call(tasks);
  }

  // Several tasks of one call are stored all or none, and so are a task and the end of the one that
  // it replaces.
  private void submitAll(List<BatchedCall<List<NewTask>, List<SubmitResult>>> calls) {
    List<BatchedCall<List<NewTask>, List<SubmitResult>>> single = new ArrayList<>();
    for (BatchedCall<List<NewTask>, List<SubmitResult>> call : calls) {
      if (isOneStatement(call.operation())) {
        single.add(call);
      } else {
        Batcher.together(
            List.of(call), batch -> orPass(batch, () -> submitBatch(call, GROUP_PATIENCE)));
      }
    }
    Batcher.together(single, group -> orPass(group, () -> submitEach(group, GROUP_PATIENCE)));
  }

  private static boolean isOneStatement(List<NewTask> tasks) {
    return tasks.size() == 1 && !Submits.mayReplace(tasks);
  }

  private void orPass(List<BatchedCall<List<NewTask>, List<SubmitResult>>> calls, Runnable submit) {
    try {
      submit.run();
    } catch (StoreUnavailableException e) {
      if (!PostgresErrors.isLockTimeout(e)) {
        calls.forEach(call -> submits.answered(call.operation()));
        throw e;
      }
      calls.stream()
          .filter(call -> !call.isAnswered())
          .forEach(call -> patient.pass(call, patience -> submitAlone(call, patience)));
    } catch (RuntimeException e) {
      if (calls.size() == 1) {
        submits.answered(calls.getFirst().operation());
      }
      throw e;
    }
  }

  private void submitAlone(BatchedCall<List<NewTask>, List<SubmitResult>> call, Duration patience) {
    try {
      if (isOneStatement(call.operation())) {
        submitEach(List.of(call), patience);
      } else {
        submitBatch(call, patience);
      }
    } catch (StoreUnavailableException e) {
      throw PostgresErrors.isLockTimeout(e) ? PostgresErrors.equalIsOpen(e) : e;
    } finally {
      submits.answered(call.operation());
    }
  }

  // What one statement has stored is stored, whatever becomes of those that go on looking.
  private void submitEach(
      List<BatchedCall<List<NewTask>, List<SubmitResult>>> calls, Duration patience) {
    List<BatchedCall<List<NewTask>, List<SubmitResult>>> left = calls;
    for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
      List<NewTask> tasks = left.stream().map(call -> call.operation().getFirst()).toList();
      AnnouncedResult<Map<TaskId, SubmitResult>> done =
          connections.use(session ->
              session.waitingAtMost(
                  patience,
                  () -> {
                    WriteTransaction writing = writing(session);
                    return new AnnouncedResult<>(
                        submits.submitOnce(writing, tasks), writing.announcements());
                  }));
      afterCommit.tellEvents(done.announcements());
      for (BatchedCall<List<NewTask>, List<SubmitResult>> call : left) {
        SubmitResult answer = done.result().get(call.operation().getFirst().id());
        if (answer != null) {
          submits.answered(call.operation());
          call.answer(List.of(answer));
        }
      }
      afterCommit.tellWhatFollows(done.announcements());
      left = left.stream().filter(call -> !call.isAnswered()).toList();
    }
    if (!left.isEmpty()) {
      throw Submits.tooFast();
    }
  }

  private void submitBatch(BatchedCall<List<NewTask>, List<SubmitResult>> call, Duration patience) {
    AnnouncedResult<List<SubmitResult>> done =
        connections.inTransaction(session ->
            session.waitingAtMost(
                patience,
                () -> {
                  WriteTransaction writing = writing(session);
                  return new AnnouncedResult<>(
                      submits.submit(writing, call.operation()), writing.announcements());
                }));
    submits.answered(call.operation());
    afterCommit.tellEvents(done.announcements());
    call.answer(Objects.requireNonNull(done.result()));
    afterCommit.tellWhatFollows(done.announcements());
  }

  private WriteTransaction writing(SqlSession session) {
    return new WriteTransaction(session, afterCommit.now(), new Announcements());
  }

  @Override
  public void close() {
    batcher.close();
  }
}
