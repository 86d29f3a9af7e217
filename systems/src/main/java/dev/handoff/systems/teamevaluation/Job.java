package dev.handoff.systems.teamevaluation;

import dev.handoff.Priority;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A summary that somebody asked for, as clients know it: the word "job" is theirs. While it is
/// open its task in the engine says how it stands; when that has ended, the row does, for good.
///
/// @param id what clients call it
/// @param kept how it stands as far as the row knows
public record Job(
    String id,
    About about,
    JobTerms terms,
    Instant createdAt,
    JobStatus kept,
    Delivered delivered) {
  public static final String QUEUED = "queued";
  public static final String PROCESSING = "processing";
  public static final String COMPLETED = "completed";
  public static final String FAILED = "failed";
  public static final String CANCELLED = "cancelled";

  /// What it is about, and the task that does it; null where none could be handed off.
  public record About(long school, long evaluation, long student, @Nullable TaskId task) {}

  public record JobTerms(Priority priority, int maxRetries, @Nullable String webhook) {}

  public record Delivered(boolean taken, int attempts) {}

  /// How it stands.
  ///
  /// @param endedAt when it was completed, failed or cancelled
  public record JobStatus(
      String status,
      int progress,
      int retries,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable SummaryResult result,
      @Nullable String error) {
    static final JobStatus NEW = new JobStatus(QUEUED, 0, 0, null, null, null, null);

    /// As its task stands, which gave back this result if it is completed.
    static JobStatus of(Task task, Optional<SummaryResult> result, JobTerms terms) {
      int attempt = task.activity().attempt();
      int before = Math.max(0, attempt - 1);
      Instant startedAt = task.timeline().startedAt();
      int progress = task.activity().progress().percent();
      return switch (task.state()) {
        case TaskState.Queued(var _, TaskState.Waiting.ForRetry(var last)) ->
            new JobStatus(
                QUEUED,
                progress,
                attempt,
                startedAt,
                null,
                null,
                "Retry %d/%d: %s"
                    .formatted(
                        attempt,
                        Math.max(attempt, terms.maxRetries()),
                        SummaryFailures.words(last)));
        case TaskState.Queued _ ->
            new JobStatus(QUEUED, progress, attempt, startedAt, null, null, null);
        case TaskState.Processing _ ->
            new JobStatus(PROCESSING, progress, before, startedAt, null, null, null);
        case TaskState.Completed(var _, var at) ->
            new JobStatus(COMPLETED, 100, before, startedAt, at, result.orElse(null), null);
        case TaskState.Failed(var failure, var at) ->
            new JobStatus(
                FAILED, progress, before, startedAt, at, null, SummaryFailures.words(failure));
        case TaskState.Cancelled(var _, var at, var _) ->
            new JobStatus(CANCELLED, progress, before, startedAt, at, null, null);
      };
    }

    /// One that could not even be handed off.
    static JobStatus notQueued(String words, Instant at) {
      return new JobStatus(FAILED, 0, 0, null, at, null, words);
    }

    JobStatus with(SummaryResult other) {
      return new JobStatus(status, progress, retries, startedAt, endedAt, other, error);
    }

    boolean isOpen() {
      return status.equals(QUEUED) || status.equals(PROCESSING);
    }
  }

  Job standing(JobStatus now) {
    return new Job(id, about, terms, createdAt, now, delivered);
  }
}
