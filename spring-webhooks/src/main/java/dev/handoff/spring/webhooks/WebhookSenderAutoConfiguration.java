package dev.handoff.spring.webhooks;

import java.net.InetAddress;
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
    HostNames names = InetAddress::getAllByName;
    return new WebhookSender(settings.allowPrivateAddresses() ? names : new PublicAddresses(names));
  }
}
