package dev.handoff.spring.webhooks;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.TimeSource;
import dev.handoff.spring.HandoffWebAutoConfiguration;
import dev.handoff.spring.api.ApiCalls;
import dev.handoff.spring.tables.ApiTables;
import dev.handoff.spring.tables.TaskDatabase;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/// Webhooks, where the application has the API.
@AutoConfiguration(after = HandoffWebAutoConfiguration.class)
@ConditionalOnBean(ApiTables.class)
@EnableConfigurationProperties(WebhookProperties.class)
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
  WebhookSender handoffWebhookSender(WebhookProperties settings) {
    DnsResolver names = SystemDefaultDnsResolver.INSTANCE;
    return new WebhookSender(settings.allowPrivateAddresses() ? names : new PublicAddresses(names));
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
