package dev.handoff.systems.promptgeneration;

import dev.handoff.Failure;
import dev.handoff.Handoff;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.TaskType;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.systems.kit.TaskLink;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Hands requests to the engine, waits for them and ends them. Safe for use by many threads.
public record PromptService(
    Handoff handoff, TaskVisibility visibility, PromptTypes types, PromptTasks settings) {
  private static final String CANCELLED = "The owner cancelled it.";

  /// Notes, and whether an earlier prompt made of the same will do.
  public record Wish(String notes, boolean reuse) {}

  public TaskId start(Wish wish, Caller caller) {
    return handoff.submit(types.later(), request(wish), TaskLink.by(caller));
  }

  /// Submits all of them or none, in one transaction.
  public List<TaskId> startAll(List<Wish> wishes, Caller caller) {
    return handoff.submitAll(
        types.later(), wishes.stream().map(this::request).toList(), TaskLink.by(caller));
  }

  private PromptRequest request(Wish wish) {
    return new PromptRequest(wish.notes(), wish.reuse(), handoff.clock().instant());
  }

  /// How a request ended that was waited for.
  public sealed interface Ended {
    record GeneratedPrompt(PromptResult result) implements Ended {}

    record NotMade(Failure failure) implements Ended {}

    /// Nobody ended it while there was time; it was cancelled.
    record TooSlow() implements Ended {}
  }

  /// Waits for the prompt on the calling thread, as long as an attempt may take.
  public Ended makeNow(Wish wish, Caller caller) {
    TaskId task = handoff.submit(types.now(), request(wish), TaskLink.by(caller));
    Optional<Task> ended = awaited(task).filter(Task::isTerminal);
    if (ended.isEmpty()) {
      var _ = handoff.cancel(task, "Nobody waits for it any more.");
      return new Ended.TooSlow();
    }
    return switch (ended.get().state()) {
      case TaskState.Completed _ ->
          new Ended.GeneratedPrompt(handoff.result(types.now(), ended.get()).orElseThrow());
      case TaskState.Failed(var failure, var _) -> new Ended.NotMade(failure);
      case TaskState.Cancelled _, TaskState.Queued _, TaskState.Processing _ -> new Ended.TooSlow();
    };
  }

  private Optional<Task> awaited(TaskId task) {
    try {
      return handoff.await(task, settings.runLimit());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// Ends the caller's open task.
  ///
  /// @return whether it was open; nothing for any other id
  public Optional<Boolean> cancel(String id, Caller caller) {
    return find(id, caller).map(task -> handoff.cancel(task.id(), CANCELLED));
  }

  /// The caller's task; nothing for any other id, and for what waited too long.
  public Optional<Task> find(String id, Caller caller) {
    return visibility
        .find(caller, id)
        .filter(task -> PromptTypes.isOne(task.type()))
        .filter(task -> !isForgotten(task));
  }

  // What nobody works on is forgotten like what ended.
  private boolean isForgotten(Task task) {
    Instant last = task.timeline().updatedAt();
    return !task.isTerminal()
        && last.plus(settings.resultTtl()).isBefore(handoff.clock().instant());
  }

  /// What this completed task came to.
  public PromptResult result(Task task) {
    return handoff.result(type(task), task).orElseThrow();
  }

  private TaskType<PromptRequest, PromptResult> type(Task task) {
    return task.type().equals(types.now().name()) ? types.now() : types.later();
  }
}
