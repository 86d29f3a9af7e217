package dev.handoff.systems.satbuddy.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.handoff.systems.satbuddy.ChatResult;
import dev.handoff.systems.satbuddy.PracticeQuestion;
import dev.handoff.systems.satbuddy.QuestionResult;
import dev.handoff.systems.satbuddy.UploadedImage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What SAT Buddy's calls answer with, word for word as its clients expect it.
final class SatBuddyViews {
  private SatBuddyViews() {}

  record Accepted(boolean success, @JsonProperty("task_id") String taskId, String status) {
    static Accepted of(String taskId) {
      return new Accepted(true, taskId, "processing");
    }
  }

  /// How a task stands; what does not apply is left out.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TaskAnswer(
      String status,
      boolean success,
      @Nullable String message,
      @JsonProperty("retry_at") @Nullable Instant retryAt,
      @JsonProperty("progress_message") @Nullable String progressMessage,
      @Nullable String response,
      @Nullable PracticeQuestion question,
      @JsonProperty("generated_by_ai") @Nullable Boolean generatedByAi,
      @Nullable String error) {
    static TaskAnswer processing(@Nullable String progressMessage) {
      return new TaskAnswer(
          "processing", true, null, null, progressMessage, null, null, null, null);
    }

    static TaskAnswer waiting(String message, Instant retryAt) {
      return new TaskAnswer("processing", true, message, retryAt, null, null, null, null, null);
    }

    static TaskAnswer completed(ChatResult result) {
      return new TaskAnswer(
          "completed",
          true,
          null,
          null,
          null,
          result.response(),
          null,
          result.generatedByAi(),
          null);
    }

    static TaskAnswer completed(QuestionResult result) {
      return new TaskAnswer(
          "completed",
          true,
          null,
          null,
          null,
          null,
          result.question(),
          result.generatedByAi(),
          null);
    }

    static TaskAnswer failed(String error) {
      return new TaskAnswer("failed", false, null, null, null, null, null, null, error);
    }

    static TaskAnswer notFound() {
      return new TaskAnswer(
          "not_found", false, null, null, null, null, null, null, "Task not found or expired");
    }
  }

  record Uploaded(
      boolean success,
      String id,
      @JsonProperty("file_url") String fileUrl,
      @JsonProperty("file_path") String filePath,
      String message) {
    static Uploaded of(UploadedImage image) {
      String name = image.path().substring(image.path().lastIndexOf('/') + 1);
      return new Uploaded(
          true,
          image.id().toString(),
          ImageController.PATH + name,
          image.path(),
          "Image uploaded successfully");
    }
  }

  /// The server keeps no history: the page does.
  record History(boolean success, List<String> history) {}

  /// What the page needs to know of the settings.
  record Config(
      @JsonProperty("poll_every_ms") long pollEveryMs,
      @JsonProperty("poll_at_most") int pollAtMost,
      @JsonProperty("message_limit") int messageLimit,
      @JsonProperty("image_limit") int imageLimit,
      @JsonProperty("image_max_bytes") long imageMaxBytes,
      @JsonProperty("history_limit") int historyLimit,
      @JsonProperty("ai_provider") String aiProvider,
      List<String> topics) {}
}
