package dev.handoff.systems.satbuddy.web;

import dev.handoff.FailureKind;
import dev.handoff.Handoff;
import dev.handoff.Priority;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.kit.TaskLink;
import dev.handoff.systems.satbuddy.ChatRequest;
import dev.handoff.systems.satbuddy.ProviderBusy;
import dev.handoff.systems.satbuddy.QuestionRequest;
import dev.handoff.systems.satbuddy.SatBuddyTasks;
import dev.handoff.systems.satbuddy.SatBuddyTypes;
import dev.handoff.systems.satbuddy.conversation.ConversationKey;
import dev.handoff.systems.satbuddy.web.SatBuddyViews.TaskAnswer;
import java.util.Optional;

/// Hands work to the engine and tells how it stands in SAT Buddy's own words. Safe for use by many
/// threads.
record SatBuddyService(
    Handoff handoff, TaskVisibility visibility, SatBuddyTypes types, SatBuddyTasks settings) {
  TaskId submit(ChatRequest request, Account account, Optional<ConversationKey> conversation) {
    return handoff.submit(types.chat(), request, by(account, conversation));
  }

  TaskId submit(QuestionRequest request, Account account, Optional<ConversationKey> conversation) {
    return handoff.submit(types.question(), request, by(account, conversation));
  }

  private static Submission by(Account account, Optional<ConversationKey> conversation) {
    boolean premium = account.standing().premium();
    Submission submission =
        TaskLink.by(account.asCaller()).withPriority(premium ? Priority.HIGH : Priority.NORMAL);
    return conversation.map(key -> submission.about(key.id())).orElse(submission);
  }

  /// How the caller's task stands; nothing for any other id.
  Optional<TaskAnswer> answer(String id, Caller caller) {
    return visibility
        .find(caller, id)
        .filter(task -> task.type().startsWith(SatBuddyTypes.PREFIX))
        .map(this::answer);
  }

  private TaskAnswer answer(Task task) {
    return switch (task.state()) {
      case TaskState.Queued(var dueAt, TaskState.Waiting.ForRetry(var last)) ->
          TaskAnswer.waiting(last.message(), dueAt);
      case TaskState.Queued(var dueAt, TaskState.Waiting.Snoozed _) ->
          TaskAnswer.waiting(ProviderBusy.TRYING_AGAIN, dueAt);
      case TaskState.Queued _ -> TaskAnswer.processing(null);
      case TaskState.Processing _ -> TaskAnswer.processing(task.activity().progress().message());
      case TaskState.Completed _ -> completed(task);
      case TaskState.Failed(var failure, var _) ->
          TaskAnswer.failed(failure.kind() == FailureKind.TIMEOUT ? timeout() : failure.message());
      case TaskState.Cancelled _ -> TaskAnswer.failed("The request was stopped.");
    };
  }

  private TaskAnswer completed(Task task) {
    return task.type().equals(types.chat().name())
        ? handoff.result(types.chat(), task).map(TaskAnswer::completed).orElseThrow()
        : handoff.result(types.question(), task).map(TaskAnswer::completed).orElseThrow();
  }

  private String timeout() {
    return "Timeout: the AI did not answer within "
        + settings.runLimit().toSeconds()
        + " seconds. Please try again.";
  }
}
