package dev.handoff.spring.webhooks;

import dev.handoff.EndListener;
import dev.handoff.Handoff;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.spring.webhooks.Webhook.OwnerScope;
import dev.handoff.spring.wire.TaskView;
import dev.handoff.spring.wire.WebhookEventView;
import dev.handoff.spring.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/// Submits a delivery for each webhook that subscribed to an end. Safe for use by many threads.
final class WebhookEnds implements EndListener {
  /// The largest result in a delivery, in characters. Larger ones are left out: a delivery is kept
  /// for days, and its receiver can fetch the result.
  private static final int RESULT_LIMIT = 256 << 10;

  private static final long START_SECONDS = 30;

  private final WebhookTable webhooks;
  private final WebhookOwners owners;
  private final Deliveries deliveries;
  private final CompletableFuture<Handoff> handoff = new CompletableFuture<>();

  WebhookEnds(WebhookTable webhooks, WebhookOwners owners, Deliveries deliveries) {
    this.webhooks = webhooks;
    this.owners = owners;
    this.deliveries = deliveries;
  }

  /// Sets the engine to which deliveries are submitted. It is started with this listener, so it
  /// exists later.
  void attach(Handoff handoff) {
    this.handoff.complete(handoff);
  }

  @Override
  public boolean wants(String type, Submission submission) {
    return owners.wants(type, submission);
  }

  @Override
  public void onEnd(Task task) throws Exception {
    String event = TaskEnds.of(task);
    List<Webhook> wanting =
        webhooks.of(OwnerScope.of(task.submission())).stream()
            .filter(webhook -> !webhook.isDisabled() && webhook.request().wants(event, task.type()))
            .toList();
    if (wanting.isEmpty()) {
      return;
    }
    String body = body(event, task);
    String message = messageOf(task);
    Deliveries.DeliverySubject about =
        new Deliveries.DeliverySubject(event, Optional.of(task.id().toString()));
    Handoff to = handoff.get(START_SECONDS, TimeUnit.SECONDS);
    for (Webhook webhook : wanting) {
      var ignored =
          deliveries.submit(to, webhook, new Delivery(webhook.id(), event, message, body), about);
    }
  }

  /// Returns the message id: the same each time this end is announced, another one when the task
  /// ends again.
  private static String messageOf(Task task) {
    return "msg_" + task.id().toString().replace("-", "") + "_" + task.activity().lastEvent();
  }

  private static String body(String event, Task task) {
    ObjectNode data = WireJson.read(WireJson.write(TaskView.of(task)), ObjectNode.class);
    int size =
        task.result()
            .map(result -> result.text().getBytes(StandardCharsets.UTF_8).length)
            .orElse(0);
    if (size > RESULT_LIMIT) {
      data.putNull("result");
    }
    return WireJson.write(
        new WebhookEventView(event, task.finishedAt().orElse(task.timeline().updatedAt()), data));
  }
}
