package dev.handoff.spring.webhooks;

import static dev.handoff.spring.web.Permission.OPERATE;

import dev.handoff.Handoff;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.spring.api.Answers;
import dev.handoff.spring.api.ApiCalls;
import dev.handoff.spring.api.Endpoint;
import dev.handoff.spring.api.EndpointDoc;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import dev.handoff.spring.wire.DeliveriesView;
import dev.handoff.spring.wire.DeliveryView;
import dev.handoff.spring.wire.TaskView;
import dev.handoff.spring.wire.WebhookEventView;
import dev.handoff.spring.wire.WireJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.JsonNodeFactory;

/// The calls about a webhook's deliveries. Safe for use by many threads.
final class DeliveryCalls implements ApiCalls {
  private static final int DEFAULT_LIMIT = 20;

  private final WebhookTable webhooks;
  private final Deliveries deliveries;
  private final Handoff handoff;

  DeliveryCalls(WebhookTable webhooks, Deliveries deliveries, Handoff handoff) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.handoff = handoff;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
            "/webhooks/{id}/test",
            OPERATE,
            this::test,
            EndpointDoc.call("testWebhook", "Sends a webhook.test message there, once")
                .answers(202, DeliveryView.class, "Its delivery, to be looked up in the log")),
        Endpoint.get(
            "/webhooks/{id}/deliveries",
            OPERATE,
            this::list,
            EndpointDoc.call("listDeliveries", "What was sent to a webhook, the newest first")
                .query("limit", Integer.class, "1 to 50 on a page, 20 unless given")
                .query("cursor", String.class, "Where the page before ended")
                .answers(200, DeliveriesView.class, "A page of deliveries")),
        Endpoint.post(
            "/webhooks/{id}/deliveries/{deliveryId}/retry",
            OPERATE,
            this::retry,
            EndpointDoc.call(
                    "retryDelivery", "Sends a failed message again, with the whole schedule")
                .answers(200, DeliveryView.class, "The delivery, queued again")));
  }

  private ServerResponse test(ServerRequest request, Caller caller) {
    Webhook webhook = WebhookCalls.own(webhooks, request, caller);
    WebhookEventView event =
        new WebhookEventView(
            TaskEnds.TEST,
            handoff.clock().instant(),
            JsonNodeFactory.instance.objectNode().put("webhook", webhook.id()));
    String message = "msg_" + UUID.randomUUID().toString().replace("-", "");
    TaskId id =
        deliveries.submit(
            handoff,
            webhook,
            new Delivery(webhook.id(), TaskEnds.TEST, message, WireJson.write(event)),
            new Deliveries.DeliverySubject(TaskEnds.TEST, Optional.empty()));
    return Answers.of(202, view(handoff.find(id).orElseThrow(DeliveryCalls::unknown)), Map.of());
  }

  private ServerResponse list(ServerRequest request, Caller caller) {
    Webhook webhook = WebhookCalls.own(webhooks, request, caller);
    int limit = request.param("limit").map(DeliveryCalls::limit).orElse(DEFAULT_LIMIT);
    Optional<TaskId> before = request.param("cursor").map(DeliveryCalls::cursor);
    List<Task> page = deliveries.of(handoff, webhook.id(), before, limit);
    String next = page.size() < limit ? null : page.getLast().id().toString();
    return Answers.ok(new DeliveriesView(page.stream().map(DeliveryCalls::view).toList(), next));
  }

  private ServerResponse retry(ServerRequest request, Caller caller) {
    Webhook webhook = WebhookCalls.own(webhooks, request, caller);
    Task delivery =
        deliveries
            .find(handoff, webhook.id(), request.pathVariable("deliveryId"))
            .orElseThrow(DeliveryCalls::unknown);
    if (!handoff.retry(delivery.id())) {
      throw new ProblemException(Problem.DELIVERY_NOT_FAILED);
    }
    return Answers.ok(view(handoff.find(delivery.id()).orElse(delivery)));
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= Deliveries.PAGE) {
        return limit;
      }
    } catch (NumberFormatException notOne) {
      // Refused like the others.
    }
    throw new ProblemException(Problem.INVALID_REQUEST);
  }

  private static TaskId cursor(String text) {
    return TaskId.parse(text).orElseThrow(() -> new ProblemException(Problem.INVALID_REQUEST));
  }

  private static ProblemException unknown() {
    return new ProblemException(Problem.DELIVERY_NOT_FOUND);
  }

  private static DeliveryView view(Task delivery) {
    Deliveries.DeliverySubject about = Deliveries.DeliverySubject.of(delivery);
    TaskView task = TaskView.of(delivery);
    return new DeliveryView(
        task.id(),
        about.event(),
        about.task().orElse(null),
        task.state(),
        task.attempt(),
        task.maxAttempts(),
        task.createdAt(),
        task.updatedAt(),
        task.finishedAt(),
        task.waiting(),
        task.result() == null ? null : Integer.valueOf(task.result().path("status").asInt()),
        task.error());
  }
}
