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

/// Tells addresses how jobs ended, signed: three attempts of ten seconds each.
record JobMessages(WebhookSender sender, JobTable jobs, MessageReceivers receivers)
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
    URI url = URI.create(message.url());
    // The school may have changed its mind since the job was asked for.
    long school =
        jobs.schoolOf(message.job())
            .filter(one -> receivers.isAllowed(one, url))
            .orElseThrow(() ->
                AttemptException.of(
                    FailureKind.INVALID_REQUEST,
                    "The school does not let messages go to this host."));
    Map<String, String> signature =
        receivers.signed(
            school, "team-%s-%d".formatted(message.job(), message.number()), message.body());
    WebhookSender.ReceiverAnswer answer;
    try {
      answer = context.beforeSoftLimit(() -> sender.post(url, signature, message.body()));
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
