package dev.handoff.spring.webhooks;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/// The sender of messages to receivers' servers, which an application may also use for messages of
/// its own.
@AutoConfiguration
@EnableConfigurationProperties(WebhookProperties.class)
public final class WebhookSenderAutoConfiguration {
  @Bean
  @Lazy
  WebhookSender handoffWebhookSender(WebhookProperties settings) {
    DnsResolver names = SystemDefaultDnsResolver.INSTANCE;
    return new WebhookSender(settings.allowPrivateAddresses() ? names : new PublicAddresses(names));
  }
}
