package dev.handoff.spring.webhooks;

/// One message for one webhook, as its task stores it: each attempt sends the same body.
///
/// @param webhook the webhook's id
/// @param event what it tells, such as `task.completed`
/// @param message the message's id, by which a receiver knows it again
/// @param body the JSON
public record Delivery(String webhook, String event, String message, String body) {
  /// The result of a successful delivery: the receiver's status.
  public record DeliveryReceipt(int status) {}
}
