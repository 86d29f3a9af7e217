package dev.handoff.systems.teamevaluation;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.Handler;
import dev.handoff.Limits;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.Sharing;
import dev.handoff.SoftLimitException;
import dev.handoff.TaskContext;
import dev.handoff.TaskType;
import dev.handoff.spring.webhooks.WebhookSender;
import dev.handoff.systems.teamevaluation.Job.Delivered;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Tells addresses how jobs ended: three attempts of ten seconds each.
record JobMessages(WebhookSender sender, JobTable jobs)
    implements Handler<JobMessage, JobMessage.Taken> {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration KEPT = Duration.ofDays(1);
  private static final int ATTEMPTS = 3;
  private static final int AT_ONCE = 50;

  /// Messages as tasks. An end may be announced twice; it is told once.
  static final TaskType<JobMessage, JobMessage.Taken> TYPE =
      TaskType.of("team-evaluation.message", JobMessage.class, JobMessage.Taken.class)
          .withPolicy(
              Policy.DEFAULTS
                  .withRetry(RetryPolicy.exponential(FIRST_WAIT).upTo(ATTEMPTS))
                  .withLimits(Limits.hard(LIMIT.plusSeconds(5)).withSoft(LIMIT))
                  .withConcurrency(AT_ONCE)
                  .withRetention(KEPT)
                  .withSharing(Sharing.joining().caching(KEPT, Sharing.Scope.OWNER)))
          .identifiedBy(message -> Optional.of(message.job() + "/" + message.number()));

  @Override
  public Outcome<JobMessage.Taken> handle(JobMessage message, TaskContext context)
      throws Exception {
    jobs.delivered(message.job(), new Delivered(false, context.attempt()));
    WebhookSender.ReceiverAnswer answer;
    try {
      answer =
          context.beforeSoftLimit(
              () -> sender.post(URI.create(message.url()), Map.of(), message.body()));
    } catch (SoftLimitException late) {
      throw AttemptException.of(FailureKind.TIMEOUT, "The receiver did not answer in time.");
    } catch (IOException notReached) {
      throw AttemptException.of(FailureKind.UNAVAILABLE, "The receiver could not be reached.")
          .causedBy(notReached);
    }
    if (!answer.isTaken()) {
      throw AttemptException.of(
          FailureKind.UNAVAILABLE, "The receiver answered " + answer.status() + ".");
    }
    jobs.delivered(message.job(), new Delivered(true, context.attempt()));
    return Outcome.done(new JobMessage.Taken(answer.status()));
  }
}
