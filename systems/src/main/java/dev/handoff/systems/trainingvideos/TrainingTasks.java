package dev.handoff.systems.trainingvideos;

import dev.handoff.FailureKind;
import dev.handoff.Limits;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.RetryPolicy.Waits;
import dev.handoff.TaskType;
import dev.handoff.WhenNoWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the tasks that process videos.
///
/// @param attempts largest number of attempts for a video; 2 to 10
/// @param retryWait unit of the waits between attempts; they are one, three, seven times as long,
///   and so on
/// @param hardLimit longest time that one attempt may take
/// @param staleAfter time without any change after which a module in processing counts as failed
/// @param patience time after the upload by which a wait that the AI provider asks for must end; a
///   wait that would end later is replaced by the usual one
/// @param resultTtl how long the task can be read after its end; the module is kept permanently
/// @param concurrency largest number of videos that are processed at once on this node
@ConfigurationProperties("handoff.systems.training-videos")
public record TrainingTasks(
    @DefaultValue("3") int attempts,
    @DefaultValue("2s") Duration retryWait,
    @DefaultValue("10m") Duration hardLimit,
    @DefaultValue("10m") Duration staleAfter,
    @DefaultValue("5m") Duration patience,
    @DefaultValue("24h") Duration resultTtl,
    @DefaultValue("8") int concurrency) {
  /// The task's name in the specification.
  static final String NAME = "process-video";

  private static final int MOST_ATTEMPTS = 10;

  public TrainingTasks {
    if (attempts < 2 || attempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "handoff.systems.training-videos.attempts is 2 to 10, was " + attempts);
    }
  }

  /// Returns the task type. Its policy retries every failure except an invalid video.
  TaskType<VideoRequest, VideoResult> type() {
    List<Duration> waits = new ArrayList<>();
    for (int attempt = 1; attempt < attempts; attempt++) {
      waits.add(retryWait.multipliedBy((1L << attempt) - 1));
    }
    RetryPolicy retry =
        new RetryPolicy(
            attempts,
            new Waits.Listed(waits),
            0,
            EnumSet.complementOf(EnumSet.of(FailureKind.INVALID_REQUEST)),
            Duration.ofDays(1));
    return TaskType.of(NAME, VideoRequest.class, VideoResult.class)
        .withPolicy(
            Policy.DEFAULTS
                .withRetry(retry)
                .withLimits(Limits.hard(hardLimit))
                .withConcurrency(concurrency)
                .withRetention(resultTtl)
                .withWhenNoWorker(WhenNoWorker.RUN_IN_CALLER));
  }
}
