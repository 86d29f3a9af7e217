package dev.handoff.spring.webhooks;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.Handler;
import dev.handoff.Outcome;
import dev.handoff.SoftLimitException;
import dev.handoff.TaskContext;
import dev.handoff.spring.webhooks.PublicAddresses.NotPublicException;
import dev.handoff.spring.webhooks.WebhookSender.ReceiverAnswer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Makes one attempt to deliver a message, and decides by the receiver's answer.
record DeliveryHandler(WebhookTable webhooks, WebhookSender sender, InstantSource clock)
    implements Handler<Delivery, Delivery.DeliveryReceipt> {
  private static final int GONE = 410;
  private static final Duration MIN_RETRY_AFTER = Duration.ofSeconds(5);
  private static final Duration MAX_RETRY_AFTER = Duration.ofHours(24);

  @Override
  public Outcome<Delivery.DeliveryReceipt> handle(Delivery delivery, TaskContext context)
      throws Exception {
    // Only what the server submitted in the webhook's name is signed with its secret.
    if (!context.submission().owner().equals(Deliveries.ownerOf(delivery.webhook()))) {
      throw AttemptException.of(
          FailureKind.INVALID_REQUEST, "Deliveries are made by the server alone.");
    }
    Optional<Webhook> found = webhooks.find(delivery.webhook());
    if (found.isEmpty() || found.get().isDisabled()) {
      return Outcome.cancel("The webhook was " + (found.isEmpty() ? "deleted." : "disabled."));
    }
    Webhook webhook = found.get();
    Instant now = clock.instant();
    Map<String, String> headers =
        Signatures.headers(
            webhook.secrets().validAt(now), delivery.message(), now, delivery.body());
    ReceiverAnswer answer;
    try {
      answer =
          context.beforeSoftLimit(
              () -> sender.post(webhook.request().url(), headers, delivery.body()));
    } catch (NotPublicException refused) {
      throw AttemptException.of(
          FailureKind.INVALID_REQUEST, "The receiver's address is not a public one.");
    } catch (SoftLimitException tooLong) {
      throw failed(delivery, FailureKind.TIMEOUT, "The receiver did not answer within 15 seconds.");
    } catch (SSLException notSecure) {
      throw failed(
              delivery,
              FailureKind.UNAVAILABLE,
              "No secure connection to the receiver came about; look at its certificate.")
          .causedBy(notSecure);
    } catch (IOException notReached) {
      throw failed(delivery, FailureKind.UNAVAILABLE, "The receiver could not be reached.")
          .causedBy(notReached);
    }
    return judge(answer, delivery, now);
  }

  private Outcome<Delivery.DeliveryReceipt> judge(
      ReceiverAnswer answer, Delivery delivery, Instant now) {
    if (answer.isTaken()) {
      return Outcome.done(new Delivery.DeliveryReceipt(answer.status()));
    }
    String says = "The receiver answered " + answer.status() + ".";
    if (answer.status() == GONE) {
      webhooks.disable(delivery.webhook(), now);
      throw AttemptException.of(
          FailureKind.INVALID_REQUEST, says + " The webhook is now disabled.");
    }
    Optional<Duration> wait = answer.retryAfter().flatMap(text -> duration(text, now));
    if (wait.isPresent() && !isTest(delivery)) {
      return Outcome.retryAfter(bounded(wait.get()), FailureKind.RATE_LIMITED, says);
    }
    throw failed(delivery, FailureKind.UNAVAILABLE, says);
  }

  // A person waits for the answer to a test and can ask for another.
  private static AttemptException failed(Delivery delivery, FailureKind kind, String says) {
    return AttemptException.of(isTest(delivery) ? FailureKind.INVALID_REQUEST : kind, says);
  }

  private static boolean isTest(Delivery delivery) {
    return delivery.event().equals(TaskEnds.TEST);
  }

  private static Duration bounded(Duration wait) {
    if (wait.compareTo(MIN_RETRY_AFTER) < 0) {
      return MIN_RETRY_AFTER;
    }
    return wait.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : wait;
  }

  // Seconds or a date; anything else is ignored.
  private static Optional<Duration> duration(String retryAfter, Instant now) {
    String text = retryAfter.strip();
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      ZonedDateTime until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(Duration.between(now, until.toInstant()));
    } catch (DateTimeException neither) {
      return Optional.empty();
    }
  }
}
