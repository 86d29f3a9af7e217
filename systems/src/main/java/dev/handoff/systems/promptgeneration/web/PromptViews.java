package dev.handoff.systems.promptgeneration.web;

import static dev.handoff.systems.promptgeneration.Milestone.INITIALIZE;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.handoff.Failure;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.systems.kit.Percentiles;
import dev.handoff.systems.kit.TaskLink.Phase;
import dev.handoff.systems.promptgeneration.Denial;
import dev.handoff.systems.promptgeneration.Milestone;
import dev.handoff.systems.promptgeneration.Plan;
import dev.handoff.systems.promptgeneration.PromptAnalytics.PromptTimes;
import dev.handoff.systems.promptgeneration.PromptResult;
import dev.handoff.systems.promptgeneration.SavedPrompts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the calls answer with, word for word as their clients expect it.
final class PromptViews {
  private static final String STARTED = "Prompt generation started. Use task_id to check status.";
  private static final String NOT_FOUND = "Task not found. It may have expired or never existed.";

  private PromptViews() {}

  record Started(
      boolean success,
      @JsonProperty("task_id") String taskId,
      String status,
      String message,
      @JsonProperty("status_url") String statusUrl) {
    static Started of(TaskId task) {
      return new Started(true, task.toString(), "queued", STARTED, urlOf(task));
    }
  }

  record BatchStarted(boolean success, List<Started> tasks) {}

  private static String urlOf(TaskId task) {
    return PromptController.CALLS + "/generate-prompt-async/status/" + task + "/";
  }

  /// How a task stands; what does not apply is left out.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Status(
      String status,
      @Nullable Integer progress,
      String message,
      @Nullable String prompt,
      @JsonProperty("generated_by_ai") @Nullable Boolean generatedByAi,
      @Nullable String warning,
      @Nullable String reason,
      @Nullable String error,
      @JsonProperty("error_code") @Nullable String errorCode,
      @JsonProperty("created_at") @Nullable Instant createdAt,
      @JsonProperty("completed_at") @Nullable Instant completedAt) {
    /// The task as it stands, with the result if it is completed.
    static Status of(Task task, Function<Task, PromptResult> result) {
      Instant createdAt = task.timeline().createdAt();
      return switch (task.state()) {
        // Between two attempts it is still being worked on.
        case TaskState.Queued _, TaskState.Processing _ ->
            Phase.of(task) == Phase.SUBMITTED ? waiting(createdAt) : working(task);
        case TaskState.Completed(var _, var at) -> completed(result.apply(task), createdAt, at);
        case TaskState.Failed(var failure, var _) -> failed(Problem.of(failure), createdAt);
        case TaskState.Cancelled _ -> failed(Problem.cancelled(), createdAt);
      };
    }

    // Claimed, and the first step not written yet.
    private static Status working(Task task) {
      Instant createdAt = task.timeline().createdAt();
      int percent = task.activity().progress().percent();
      String message = task.activity().progress().message();
      return message == null || percent < INITIALIZE.percent()
          ? open("processing", INITIALIZE.percent(), INITIALIZE.words(), createdAt)
          : open("processing", percent, message, createdAt);
    }

    private static Status waiting(Instant createdAt) {
      return open("queued", 0, Milestone.QUEUED, createdAt);
    }

    private static Status open(String status, int progress, String message, Instant createdAt) {
      return new Status(
          status, progress, message, null, null, null, null, null, null, createdAt, null);
    }

    private static Status completed(PromptResult result, Instant createdAt, Instant completedAt) {
      return new Status(
          "completed",
          100,
          result.generatedByAi() ? "Prompt generated successfully" : PromptMade.WITHOUT_AI,
          result.prompt(),
          result.generatedByAi(),
          result.warning(),
          result.reason(),
          null,
          null,
          createdAt,
          completedAt);
    }

    private static Status failed(Problem problem, Instant createdAt) {
      return new Status(
          "failed",
          100,
          problem.message(),
          null,
          null,
          null,
          null,
          problem.error(),
          problem.code(),
          createdAt,
          null);
    }

    static Status notFound() {
      return new Status(
          "not_found", null, NOT_FOUND, null, null, null, null, null, null, null, null);
    }

    static Status broken() {
      return new Status(
          "error", null, "Failed to check status", null, null, null, null, null, null, null, null);
    }
  }

  record Problem(String message, String error, String code) {
    static Problem of(Failure failure) {
      return Denial.in(failure)
          .map(denial -> new Problem(failure.message(), failure.message(), denial.code()))
          .orElseGet(() ->
              new Problem(
                  "Failed to generate prompt: " + failure.message(),
                  failure.message(),
                  "generation_failed"));
    }

    static Problem cancelled() {
      return new Problem("Prompt generation was cancelled", "Cancelled", "cancelled");
    }
  }

  /// A prompt, for who waited on the line.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PromptMade(
      boolean success,
      String prompt,
      String message,
      @JsonProperty("generated_by_ai") boolean generatedByAi,
      @Nullable String warning,
      @Nullable String reason) {
    static final String WITHOUT_AI = "Prompt generated (AI unavailable, using fallback)";

    static PromptMade of(PromptResult result) {
      return new PromptMade(
          true,
          result.prompt(),
          result.generatedByAi() ? "Prompt generated successfully using AI" : WITHOUT_AI,
          result.generatedByAi(),
          result.warning(),
          result.reason());
    }
  }

  /// Access was denied to who waited on the line.
  record Denied(
      boolean success,
      String message,
      String error,
      @JsonProperty("error_code") String errorCode,
      @JsonProperty("tokens_remaining") long tokensRemaining,
      @JsonProperty("days_remaining") @Nullable Long daysRemaining) {}

  record NotDone(boolean success, String message) {
    static NotDone of(String message) {
      return new NotDone(false, message);
    }
  }

  record Cancelled(boolean success, String message) {}

  /// The prompt that an owner saved; nulls before the first one.
  record SavedPrompt(
      @JsonProperty("manual_prompt") @Nullable String manualPrompt,
      @JsonProperty("updated_at") @Nullable Instant updatedAt) {
    static SavedPrompt of(Optional<SavedPrompts.Saved> saved) {
      return saved
          .map(one -> new SavedPrompt(one.prompt(), one.at()))
          .orElseGet(() -> new SavedPrompt(null, null));
    }
  }

  record PlanView(
      String name,
      @JsonProperty("tokens_included") long tokensIncluded,
      @JsonProperty("duration_days") @Nullable Integer durationDays) {
    static PlanView of(Plan plan) {
      return new PlanView(plan.name(), plan.tokensIncluded(), plan.durationDays());
    }
  }

  /// An owner's subscription, and what the page is told to do.
  record Overview(
      @JsonProperty("tokens_remaining") long tokensRemaining,
      @JsonProperty("tokens_reserved") long tokensReserved,
      @JsonProperty("tokens_required") long tokensRequired,
      @JsonProperty("days_remaining") @Nullable Long daysRemaining,
      @Nullable String status,
      @JsonProperty("is_active") boolean active,
      @JsonProperty("business_type") @Nullable String businessType,
      @Nullable PlanView plan,
      Page page) {}

  /// What the page needs to know of the settings.
  record Page(
      @JsonProperty("poll_every_ms") long pollEveryMs,
      @JsonProperty("poll_for_ms") long pollForMs,
      @JsonProperty("notes_limit") int notesLimit,
      @JsonProperty("purchase_url") String purchaseUrl,
      @JsonProperty("upgrade_url") String upgradeUrl,
      @JsonProperty("ai_provider") String aiProvider) {}

  /// How long the steps of an owner's last prompts took.
  record Analytics(
      int prompts, @JsonProperty("by_ai") int byAi, int fallbacks, Map<String, Percentiles> steps) {
    static Analytics of(PromptTimes times) {
      Map<String, Percentiles> steps = new LinkedHashMap<>();
      times.steps().forEach((step, each) -> steps.put(step, Percentiles.of(each)));
      return new Analytics(times.prompts(), times.byAi(), times.failed(), steps);
    }
  }
}
