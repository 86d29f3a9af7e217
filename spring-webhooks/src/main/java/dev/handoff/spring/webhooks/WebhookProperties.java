package dev.handoff.spring.webhooks;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The settings of webhooks.
///
/// @param enabled whether callers may register webhooks, and messages are sent to them
/// @param allowHttp whether webhook URLs may use plain http
/// @param allowPrivateAddresses whether webhook URLs may lead to private networks and to this
///   machine
/// @param keepDeliveries how long a delivery can be read after its end; at least 1m
@ConfigurationProperties("handoff.webhooks")
public record WebhookProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("false") boolean allowHttp,
    @DefaultValue("false") boolean allowPrivateAddresses,
    @DefaultValue("7d") Duration keepDeliveries) {
  private static final Duration MIN_RETENTION = Duration.ofMinutes(1);

  /// Deliveries are kept for a minute at least.
  public WebhookProperties {
    if (keepDeliveries.compareTo(MIN_RETENTION) < 0) {
      throw new IllegalArgumentException(
          "handoff.webhooks.keep-deliveries is at least 1m, was " + keepDeliveries);
    }
  }
}
