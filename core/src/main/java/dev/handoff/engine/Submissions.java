package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.KeyMismatchException;
import dev.handoff.Payload;
import dev.handoff.PayloadException;
import dev.handoff.TaskId;
import dev.handoff.UnknownTaskTypeException;
import dev.handoff.Work;
import dev.handoff.store.Claimant;
import dev.handoff.store.NewTask;
import dev.handoff.store.SubmitResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Stores what is submitted on this node, reports it, and runs it in the caller's thread where
/// there is no worker. Safe for use by many threads.
final class Submissions {
  private final EngineParts parts;
  private final HandledTypes types;
  private final Submitter submitter;
  private final Slots slots;
  private final Dispatcher dispatcher;
  private volatile Claimant claimant = Claimant.NOBODY;

  Submissions(
      EngineParts parts,
      HandledTypes types,
      Submitter submitter,
      Slots slots,
      Dispatcher dispatcher) {
    this.parts = parts;
    this.types = types;
    this.submitter = submitter;
    this.slots = slots;
    this.dispatcher = dispatcher;
  }

  /// Lets the store start submitted tasks in the commit that stores them.
  void offerTo(Claimant starting) {
    claimant = starting;
  }

  /// Stores the task unless one was stored under the key.
  ///
  /// @throws KeyMismatchException when that one is of another type or has another request
  /// @throws UnknownTaskTypeException when this engine was not started with the type
  TaskId submitOnce(Work<?> work, String key) {
    NewTask task = submitter.newTask(known(work), Optional.of(key));
    TaskId id = submit(List.of(work), List.of(task)).getFirst();
    if (!id.equals(task.id()) && !isSame(id, work, task)) {
      throw new KeyMismatchException(key, id);
    }
    return id;
  }

  // A task that is not committed yet is the calling thread's own.
  private boolean isSame(TaskId id, Work<?> work, NewTask task) {
    return parts.store().find(id).filter(found -> !found.type().equals(task.type())).isEmpty()
        && parts
            .store()
            .request(id)
            .filter(found -> !found.equals(task.request()) && !readsAs(found, work))
            .isEmpty();
  }

  // An equal request may be another text: its version was raised, or a set has another order.
  private boolean readsAs(Payload stored, Work<?> work) {
    try {
      return parts.payloads().request(work.type(), stored).equals(work.request());
    } catch (PayloadException unreadable) {
      return false;
    }
  }

  private <Q> Work<Q> known(Work<Q> work) {
    String type = work.type().name();
    if (types.find(type) == null) {
      throw new UnknownTaskTypeException(type, types.all().keySet());
    }
    return work;
  }

  /// Stores one task for each piece of work, all or none.
  ///
  /// @throws UnknownTaskTypeException when this engine was not started with one of the types
  List<TaskId> submit(List<? extends Work<?>> works) {
    List<NewTask> tasks = new ArrayList<>(works.size());
    for (Work<?> work : works) {
      tasks.add(submitter.newTask(known(work)));
    }
    return submit(works, tasks);
  }

  private List<TaskId> submit(List<? extends Work<?>> works, List<NewTask> tasks) {
    List<SubmitResult> submitted = parts.store().submit(tasks, claimant);
    tellSubmitted(works, submitted);
    boolean forThisThread =
        !parts.config().role().runsTasks()
            && works.stream().anyMatch(work -> types.runsInCaller(work.type().name()))
            && !parts.store().hasWorkers();
    // In the caller's transaction there is nothing to claim yet, and after it the thread should not
    // keep its connection for as long as the handler runs: the dispatcher of this node runs the
    // task.
    if (forThisThread && !parts.store().afterCommit(dispatcher::wake)) {
      for (int i = 0; i < works.size(); i++) {
        if (types.runsInCaller(works.get(i).type().name())) {
          runInCaller(submitted.get(i).id());
        }
      }
    }
    return submitted.stream().map(SubmitResult::id).toList();
  }

  private void tellSubmitted(List<? extends Work<?>> works, List<SubmitResult> submitted) {
    Map<String, List<SubmitResult.SubmitOrigin>> byType = new LinkedHashMap<>();
    for (int i = 0; i < submitted.size(); i++) {
      byType
          .computeIfAbsent(works.get(i).type().name(), ignored -> new ArrayList<>())
          .add(submitted.get(i).origin());
    }
    byType.forEach((type, how) -> {
      int created = Collections.frequency(how, SubmitResult.SubmitOrigin.NEW);
      parts.listener().on(new EngineEvent.TasksSubmitted(type, created, how.size() - created));
    });
  }

  private void runInCaller(TaskId task) {
    if (dispatcher.runHere(task)) {
      return;
    }
    Optional<Attempt> running = slots.find(task);
    if (running.isEmpty()) {
      // It is over, or has another node, or is not due: then the dispatcher finds it in time.
      dispatcher.wake();
      return;
    }
    try {
      running.get().awaitOver();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
