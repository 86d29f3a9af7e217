package dev.handoff.systems.teamevaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The JSON that a webhook receives when a job has ended.
public record JobNotice(String event, Instant timestamp, NoticeData data) {
  static JobNotice of(Job job, Instant at) {
    return new JobNotice("job." + job.kept().status(), at, NoticeData.of(job));
  }

  /// The job that a webhook is told of, with its result or its error.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record NoticeData(
      @JsonProperty("job_id") String jobId,
      String status,
      @JsonProperty("student_id") long studentId,
      @JsonProperty("evaluation_id") long evaluationId,
      @Nullable ResultView result,
      @Nullable String error) {
    static NoticeData of(Job job) {
      return new NoticeData(
          job.id(),
          job.kept().status(),
          job.about().student(),
          job.about().evaluation(),
          ResultView.of(job.kept().result()),
          job.kept().error());
    }
  }

  public record ResultView(
      @JsonProperty("summary_text") String summaryText,
      @JsonProperty("generation_method") String generationMethod,
      @JsonProperty("feedback_count") int feedbackCount) {
    public static @Nullable ResultView of(@Nullable SummaryResult result) {
      return result == null
          ? null
          : new ResultView(result.summaryText(), result.generationMethod(), result.feedbackCount());
    }
  }
}
