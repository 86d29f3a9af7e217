package dev.handoff.spring.webhooks;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.TimeSource;
import dev.handoff.spring.HandoffApiAutoConfiguration;
import dev.handoff.spring.api.ApiCalls;
import dev.handoff.spring.tables.ApiTables;
import dev.handoff.spring.tables.TaskDatabase;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

/// Webhooks, where the application has the API and asks for them with `handoff.webhooks.enabled`.
@AutoConfiguration(
    after = {HandoffApiAutoConfiguration.class, WebhookSenderAutoConfiguration.class})
@ConditionalOnBooleanProperty("handoff.webhooks.enabled")
@ConditionalOnBean(ApiTables.class)
public final class WebhooksAutoConfiguration {
  @Bean
  WebhookTable handoffWebhookTable(TaskDatabase database, ApiTables tables) {
    return new WebhookTable(database.dataSource(), tables);
  }

  @Bean
  WebhookOwners handoffWebhookOwners(WebhookTable webhooks) {
    return new WebhookOwners(webhooks);
  }

  @Bean
  Deliveries handoffWebhookDeliveries(WebhookProperties settings) {
    return new Deliveries(settings.keepDeliveries());
  }

  @Bean
  HandledType<Delivery, Delivery.DeliveryReceipt> handoffWebhookType(
      Deliveries deliveries, WebhookTable webhooks, WebhookSender sender, TimeSource clock) {
    return deliveries.type().handledBy(new DeliveryHandler(webhooks, sender, clock));
  }

  @Bean
  WebhookEnds handoffWebhookEnds(
      WebhookTable webhooks, WebhookOwners owners, Deliveries deliveries) {
    return new WebhookEnds(webhooks, owners, deliveries);
  }

  // The engine is started with the listener, which submits to the engine.
  @Bean
  SmartInitializingSingleton handoffWebhookStart(WebhookEnds ends, Handoff handoff) {
    return () -> ends.attach(handoff);
  }

  @Bean
  ApiCalls handoffWebhookCalls(
      WebhookTable webhooks, WebhookOwners owners, WebhookProperties settings, TimeSource clock) {
    return new WebhookCalls(webhooks, owners, new WebhookRequestReader(settings), clock);
  }

  @Bean
  ApiCalls handoffDeliveryCalls(WebhookTable webhooks, Deliveries deliveries, Handoff handoff) {
    return new DeliveryCalls(webhooks, deliveries, handoff);
  }
}
