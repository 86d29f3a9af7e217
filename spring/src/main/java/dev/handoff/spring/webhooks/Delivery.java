package dev.handoff.spring.webhooks;

/// One message for one webhook, as its task keeps it: the body is sent the same each time.
///
/// @param webhook the webhook's id
/// @param event what it tells, such as `task.completed`
/// @param message the message's id, by which a receiver knows it again
/// @param body the JSON
public record Delivery(String webhook, String event, String message, String body) {
  /// What a delivery that succeeded remembers: the status that the receiver answered.
  public record DeliveryReceipt(int status) {}
}
