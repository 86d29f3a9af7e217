package dev.handoff.spring.webhooks;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.TimeSource;
import dev.handoff.spring.HandoffApiAutoConfiguration;
import dev.handoff.spring.api.ApiCalls;
import dev.handoff.spring.api.ApiRoutes;
import dev.handoff.spring.tables.ApiTables;
import dev.handoff.spring.tables.TaskDatabase;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Webhooks, where the application asks for them with `handoff.webhooks.enabled`. Ends are
/// announced and deliveries made on each node that runs tasks, also without the HTTP API; the calls
/// to set webhooks up exist where the API is.
@AutoConfiguration(
    after = {HandoffApiAutoConfiguration.class, WebhookSenderAutoConfiguration.class})
@ConditionalOnBooleanProperty("handoff.webhooks.enabled")
@ConditionalOnBean(value = Handoff.class, search = SearchStrategy.CURRENT)
public final class WebhooksAutoConfiguration {
  /// Those of the API, where there is one.
  @Bean
  @ConditionalOnMissingBean
  ApiTables handoffApiTables(TaskDatabase database) {
    return new ApiTables(database.dataSource());
  }

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

  /// The calls about webhooks and their deliveries.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.web.servlet.function.RouterFunction")
  @ConditionalOnBean(ApiRoutes.class)
  static class Calls {
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
}
