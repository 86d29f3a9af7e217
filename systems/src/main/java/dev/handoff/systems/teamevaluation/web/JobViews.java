package dev.handoff.systems.teamevaluation.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.handoff.TaskId;
import dev.handoff.systems.teamevaluation.Evaluation;
import dev.handoff.systems.teamevaluation.Job;
import dev.handoff.systems.teamevaluation.JobNotice.ResultView;
import dev.handoff.systems.teamevaluation.Jobs.QueuedJob;
import dev.handoff.systems.teamevaluation.Jobs.Way;
import dev.handoff.systems.teamevaluation.SummaryReleases.ReadableJob;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the calls about jobs answer with, word for word as their clients expect it.
final class JobViews {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  private JobViews() {}

  // Clients know these times without a zone; they are UTC.
  static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : SECONDS.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
  }

  record JobView(
      @JsonProperty("job_id") String jobId,
      String status,
      @JsonProperty("student_id") long studentId,
      @JsonProperty("evaluation_id") long evaluationId,
      @JsonProperty("created_at") @Nullable String createdAt,
      @JsonProperty("started_at") @Nullable String startedAt,
      @JsonProperty("completed_at") @Nullable String completedAt,
      @Nullable ResultView result,
      @JsonProperty("error_message") @Nullable String errorMessage,
      int progress,
      String priority,
      @JsonProperty("retry_count") int retryCount,
      @JsonProperty("max_retries") int maxRetries,
      @JsonProperty("cancelled_at") @Nullable String cancelledAt,
      @JsonProperty("webhook_delivered") boolean webhookDelivered,
      @JsonProperty("task_id") @Nullable String taskId,
      boolean edited,
      @JsonProperty("released_at") @Nullable String releasedAt) {
    static JobView of(ReadableJob readable) {
      Job job = readable.job();
      Job.JobStatus now = job.kept();
      boolean cancelled = now.status().equals(Job.CANCELLED);
      TaskId task = job.about().task();
      return new JobView(
          job.id(),
          now.status(),
          job.about().student(),
          job.about().evaluation(),
          time(job.createdAt()),
          time(now.startedAt()),
          cancelled ? null : time(now.endedAt()),
          ResultView.of(now.result()),
          now.error(),
          now.progress(),
          job.terms().priority().word(),
          now.retries(),
          job.terms().maxRetries(),
          cancelled ? time(now.endedAt()) : null,
          job.delivered().taken(),
          task == null ? null : task.toString(),
          readable.edited(),
          time(readable.releasedAt()));
    }
  }

  record BatchView(
      @JsonProperty("evaluation_id") long evaluationId,
      @JsonProperty("total_students") int totalStudents,
      int queued,
      @JsonProperty("already_queued") int alreadyQueued,
      @JsonProperty("already_exists") int alreadyExists,
      int failed,
      List<BatchResult> results) {
    static BatchView of(Evaluation evaluation, List<QueuedJob> asked) {
      return new BatchView(
          evaluation.id(),
          asked.size(),
          count(asked, Way.QUEUED),
          count(asked, Way.ALREADY_QUEUED),
          count(asked, Way.ALREADY_EXISTS),
          count(asked, Way.FAILED),
          asked.stream().map(BatchResult::of).toList());
    }

    private static int count(List<QueuedJob> asked, Way way) {
      return (int) asked.stream().filter(one -> one.way() == way).count();
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record BatchResult(
      @JsonProperty("student_id") long studentId,
      @JsonProperty("job_id") String jobId,
      String status,
      @Nullable String error) {
    static BatchResult of(QueuedJob asked) {
      Job job = asked.job();
      return new BatchResult(
          job.about().student(), job.id(), asked.way().word(), job.kept().error());
    }
  }

  record JobsView(
      @JsonProperty("evaluation_id") long evaluationId, int total, List<JobView> jobs) {}

  record CancelledView(String message, @JsonProperty("job_id") String jobId, String status) {
    static CancelledView of(Job job) {
      return new CancelledView("Job cancelled successfully", job.id(), Job.CANCELLED);
    }
  }

  record StatsView(
      @JsonProperty("queue_name") String queueName,
      @JsonProperty("queued_count") int queuedCount,
      @JsonProperty("processing_count") int processingCount,
      @JsonProperty("completed_count") int completedCount,
      @JsonProperty("failed_count") int failedCount,
      @JsonProperty("cancelled_count") int cancelledCount,
      @JsonProperty("workers_count") int workersCount) {
    static StatsView of(Map<String, Integer> counts, int workers) {
      return new StatsView(
          HealthView.QUEUE,
          counts.getOrDefault(Job.QUEUED, 0),
          counts.getOrDefault(Job.PROCESSING, 0),
          counts.getOrDefault(Job.COMPLETED, 0),
          counts.getOrDefault(Job.FAILED, 0),
          counts.getOrDefault(Job.CANCELLED, 0),
          workers);
    }
  }

  /// Whether summaries are made here. The field `redis` is about what stands in its place: the
  /// store of the queue.
  record HealthView(String status, String redis, List<WorkerView> workers, List<QueueView> queues) {
    static final String QUEUE = "feedback-summaries";

    static HealthView of(List<WorkerView> workers, int waiting) {
      return new HealthView(
          workers.isEmpty() ? "unhealthy" : "healthy",
          "connected",
          workers,
          List.of(new QueueView(QUEUE, waiting)));
    }
  }

  record WorkerView(
      String name, String state, @JsonProperty("current_job") @Nullable String currentJob) {}

  record QueueView(String name, int count) {}
}
