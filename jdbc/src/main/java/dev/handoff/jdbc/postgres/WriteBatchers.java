package dev.handoff.jdbc.postgres;

import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskId;
import dev.handoff.jdbc.postgres.Batcher.BatchedCall;
import dev.handoff.jdbc.postgres.TaskWrites.CancelWrite;
import dev.handoff.jdbc.postgres.TaskWrites.EventWrite;
import dev.handoff.jdbc.postgres.TaskWrites.StepWrite;
import dev.handoff.jdbc.postgres.TaskWrites.Write;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.WriteSizes;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.PostgresErrors;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The batchers of writes to tasks. Writes without effects are split into two by task. Writes with
/// effects have threads of their own, because they may wait for the application's rows. A write
/// that meets a locked row moves to the patient batcher, with later ones of its task. Safe for use
/// by many threads.
public final class WriteBatchers implements AutoCloseable {
  private static final int GROUP = 500;
  private static final int PLAIN = 2;
  private static final int EFFECTS = 2;
  private static final int BUSY_AT_MOST = 10_000;

  /// The longest wait of a group for one row; longer than a short transaction takes.
  private static final Duration GROUP_PATIENCE = Duration.ofMillis(200);

  /// The longest wait of each other write, after one of its group has timed out.
  private static final Duration LITTLE_PATIENCE = Duration.ofMillis(20);

  private final PostgresConnections connections;
  private final AfterCommit afterCommit;
  private final TaskWrites writes;
  private final PatientBatcher patient;
  private final List<Batcher<Write, Boolean>> plain;
  private final Batcher<Write, Boolean> effects;

  /// Tasks whose last write timed out at a lock.
  private final Set<TaskId> busy = ConcurrentHashMap.newKeySet();

  WriteBatchers(
      PostgresConnections connections,
      int queue,
      AfterCommit afterCommit,
      TaskWrites writes,
      PatientBatcher patient) {
    this.connections = connections;
    this.afterCommit = afterCommit;
    this.writes = writes;
    this.patient = patient;
    this.plain =
        Stream.generate(() -> batcher("writes", 1, queue / PLAIN, this::writePlain))
            .limit(PLAIN)
            .toList();
    this.effects = batcher("effects", EFFECTS, queue, this::finish);
  }

  private Batcher<Write, Boolean> batcher(
      String name, int threads, int queue, Consumer<Collection<BatchedCall<Write, Boolean>>> work) {
    return new Batcher<>(
        name,
        new Batcher.BatcherSize<>(threads, queue, GROUP, WriteBatchers::size),
        () -> PostgresErrors.queueFull(queue),
        connections.scheduler(),
        calls -> eachTaskOnce(calls, work));
  }

  private static long size(Write write) {
    return switch (write) {
      case EventWrite append -> WriteSizes.ofEvents(append.events());
      case StepWrite step -> step.value().text().length();
      case CancelWrite ignored -> 0;
    };
  }

  boolean write(Write write) {
    try {
      return busy.contains(write.task()) ? patiently(write) : batcher(write).call(write);
    } catch (RuntimeException e) {
      writes.failed(write);
      throw e;
    }
  }

  private Batcher<Write, Boolean> batcher(Write write) {
    return hasEffects(write) ? effects : plain.get(Math.floorMod(write.task().hashCode(), PLAIN));
  }

  private static boolean hasEffects(Write write) {
    return write instanceof EventWrite(var ignored, var unusedTask, var all) && !all.isEmpty();
  }

  // In the order of their coming.
  private static void eachTaskOnce(
      List<BatchedCall<Write, Boolean>> calls,
      Consumer<Collection<BatchedCall<Write, Boolean>>> work) {
    List<BatchedCall<Write, Boolean>> left = calls;
    while (!left.isEmpty()) {
      Map<TaskId, BatchedCall<Write, Boolean>> first = new LinkedHashMap<>();
      List<BatchedCall<Write, Boolean>> later = new ArrayList<>();
      for (BatchedCall<Write, Boolean> call : left) {
        if (first.putIfAbsent(call.operation().task(), call) != null) {
          later.add(call);
        }
      }
      work.accept(first.values());
      left = later;
    }
  }

  private void writePlain(Collection<BatchedCall<Write, Boolean>> calls) {
    List<BatchedCall<Write, Boolean>> steps = new ArrayList<>();
    List<BatchedCall<Write, Boolean>> others = new ArrayList<>();
    for (BatchedCall<Write, Boolean> call : calls) {
      (call.operation() instanceof StepWrite ? steps : others).add(call);
    }
    Batcher.together(others, this::writeTogether);
    Batcher.together(steps, this::writeTogether);
  }

  private void writeTogether(List<BatchedCall<Write, Boolean>> calls) {
    try {
      answer(calls, write(operations(calls), GROUP_PATIENCE));
    } catch (StoreUnavailableException e) {
      if (!PostgresErrors.isLockTimeout(e)) {
        throw e;
      }
      passLocked(calls);
    }
  }

  private void passLocked(List<BatchedCall<Write, Boolean>> calls) {
    List<TaskId> tasks = operations(calls).stream().map(Write::task).toList();
    Set<TaskId> free = connections.use(session -> TaskWrites.unlocked(session, tasks));
    List<BatchedCall<Write, Boolean>> left = new ArrayList<>();
    for (BatchedCall<Write, Boolean> call : calls) {
      // If all are free by now, whoever held one may take it again: no write retries here for ever.
      if (free.contains(call.operation().task()) && free.size() < tasks.size()) {
        left.add(call);
      } else {
        pass(call);
      }
    }
    Batcher.together(left, this::writeTogether);
  }

  private void finish(Collection<BatchedCall<Write, Boolean>> calls) {
    Batcher.together(List.copyOf(calls), this::finishTogether);
  }

  // With savepoints only when one of a group has thrown: each costs two exchanges with the server.
  private void finishTogether(List<BatchedCall<Write, Boolean>> calls) {
    try {
      answer(calls, finish(appends(calls), GROUP_PATIENCE));
    } catch (RuntimeException | Error e) {
      if (PostgresErrors.isLockTimeout(e) && calls.size() == 1) {
        pass(calls.getFirst());
      } else if (calls.size() == 1
          || (e instanceof StoreUnavailableException && !PostgresErrors.isLockTimeout(e))) {
        throw e;
      } else {
        finishApart(calls);
      }
    }
  }

  private void finishApart(List<BatchedCall<Write, Boolean>> calls) {
    List<SavepointRun.WriteResult> results =
        connections.inTransaction(session -> {
          SavepointRun run = new SavepointRun(session, LITTLE_PATIENCE);
          for (EventWrite append : appends(calls)) {
            run.add(() -> made(session, List.of(append)));
          }
          return run.results();
        });
    for (int i = 0; i < calls.size(); i++) {
      BatchedCall<Write, Boolean> call = calls.get(i);
      switch (results.get(i)) {
        case SavepointRun.CommittedWrite(AnnouncedResult<Set<TaskId>> made) ->
            answer(List.of(call), made);
        case SavepointRun.LockBusy() -> pass(call);
        case SavepointRun.RejectedWrite(RuntimeException refusal) -> call.fail(refusal);
      }
    }
  }

  private void pass(BatchedCall<Write, Boolean> call) {
    patient.pass(call, patience -> writeAlone(call, patience));
  }

  private boolean patiently(Write write) {
    BatchedCall<Write, Boolean> call = new BatchedCall<>(write);
    pass(call);
    return call.await();
  }

  private void writeAlone(BatchedCall<Write, Boolean> call, Duration patience) {
    TaskId task = call.operation().task();
    boolean waited = false;
    try {
      AnnouncedResult<Set<TaskId>> made =
          hasEffects(call.operation())
              ? finish(appends(List.of(call)), patience)
              : write(operations(List.of(call)), patience);
      answer(List.of(call), made);
    } catch (StoreUnavailableException e) {
      waited = PostgresErrors.isLockTimeout(e);
      throw e;
    } finally {
      if (!waited) {
        busy.remove(task);
      } else if (busy.size() < BUSY_AT_MOST) {
        busy.add(task);
      }
    }
  }

  private AnnouncedResult<Set<TaskId>> write(List<Write> all, Duration patience) {
    return connections.use(
        session -> session.waitingAtMost(patience, () -> madePlain(session, all)));
  }

  private AnnouncedResult<Set<TaskId>> finish(List<EventWrite> all, Duration patience) {
    return connections.inTransaction(
        session -> session.waitingAtMost(patience, () -> made(session, all)));
  }

  // What is told is of its own for each run: a work that is run again tells everything again.
  private AnnouncedResult<Set<TaskId>> madePlain(SqlSession session, List<Write> all)
      throws SQLException {
    WriteTransaction writing =
        new WriteTransaction(session, afterCommit.now(), new Announcements());
    Set<TaskId> made =
        all.getFirst() instanceof StepWrite
            ? writes.saveSteps(writing, all.stream().map(StepWrite.class::cast).toList())
            : writes.write(writing, all);
    return new AnnouncedResult<>(made, writing.announcements());
  }

  private AnnouncedResult<Set<TaskId>> made(SqlSession session, List<EventWrite> all)
      throws SQLException {
    WriteTransaction writing =
        new WriteTransaction(session, afterCommit.now(), new Announcements());
    return new AnnouncedResult<>(writes.writeWithEffects(writing, all), writing.announcements());
  }

  private void answer(List<BatchedCall<Write, Boolean>> calls, AnnouncedResult<Set<TaskId>> made) {
    writes.answered(operations(calls));
    afterCommit.tellEvents(made.announcements());
    calls.forEach(call -> call.answer(made.result().contains(call.operation().task())));
    afterCommit.tellWhatFollows(made.announcements());
  }

  private static List<Write> operations(List<BatchedCall<Write, Boolean>> calls) {
    return calls.stream().map(BatchedCall::operation).toList();
  }

  private static List<EventWrite> appends(List<BatchedCall<Write, Boolean>> calls) {
    return calls.stream().map(call -> (EventWrite) call.operation()).toList();
  }

  /// Finishes the waiting writes. Those that meet a lock still move to the patient batcher.
  @Override
  public void close() {
    plain.forEach(Batcher::close);
    effects.close();
  }
}
