package dev.handoff.spring.webhooks;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The settings of webhooks.
///
/// @param enabled whether callers may register webhooks, and messages are sent to them
/// @param allowHttp whether webhooks may have plain http URLs
/// @param allowPrivateAddresses whether webhook URLs may lead into private networks and to this
///   machine
/// @param keepDeliveries how long a finished delivery can be read
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
