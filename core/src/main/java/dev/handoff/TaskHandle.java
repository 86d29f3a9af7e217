package dev.handoff;

import java.time.Duration;
import java.util.Optional;

/// A task by its id, with the type of its result. Two handles of the same task are equal if they
/// are of the same node and type. Immutable, safe for use by many threads, and not needed to keep
/// the task: [Handoff#handle] makes another one from the id.
///
/// ```java
/// TaskId id = handoff.submit(GREET, "Asha", Submission.by("user-1"));
/// Optional<String> greeting = handoff.handle(GREET, id).result(Duration.ofSeconds(30));
/// ```
public record TaskHandle<R>(Handoff handoff, TaskType<?, R> type, TaskId id) {
  /// Returns the task as [Handoff#find] does; empty also while the transaction that submits it is
  /// open.
  public Optional<Task> task() {
    return handoff.find(id);
  }

  /// Waits until the task has ended, as [Handoff#await] does.
  public Optional<Task> await(Duration atMost) throws InterruptedException {
    return handoff.await(id, atMost);
  }

  /// Returns the result without waiting; empty while the task is open, when it has failed, was
  /// cancelled or is not there. [#task] says which.
  ///
  /// @throws PayloadException when the result is not of this type
  /// @throws StoreUnavailableException when the store cannot be read
  public Optional<R> result() {
    return task().flatMap(task -> handoff.result(type, task));
  }

  /// Waits until the task has ended, and returns its result, as [Handoff#result(TaskType, TaskId,
  /// Duration)] does.
  public Optional<R> result(Duration atMost) throws InterruptedException {
    return handoff.result(type, id, atMost);
  }

  /// Cancels the task if it is open, as [Handoff#cancel] does.
  ///
  /// @return whether it was open
  public boolean cancel(String reason) {
    return handoff.cancel(id, reason);
  }
}
