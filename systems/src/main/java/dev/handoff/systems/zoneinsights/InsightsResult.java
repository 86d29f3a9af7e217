package dev.handoff.systems.zoneinsights;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the work on a test's insights ended. The insights themselves are rows of their own, which
/// outlive the task.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InsightsResult(
    String status,
    @Nullable String error,
    @Nullable String message,
    @JsonProperty("session_id") @Nullable Long sessionId,
    @JsonProperty("subjects_processed") @Nullable Integer subjectsProcessed,
    @Nullable List<String> subjects) {
  static InsightsResult notFound() {
    return new InsightsResult("error", "Session not found", null, null, null, null);
  }

  static InsightsResult nothingExpected() {
    return new InsightsResult("warning", null, "No zone insights generated", null, null, null);
  }

  static InsightsResult success(long session, List<Subject> subjects) {
    List<String> labels = subjects.stream().map(Subject::label).toList();
    return new InsightsResult("success", null, null, session, labels.size(), labels);
  }
}
