package dev.handoff.systems;

import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.provider.AiProviders;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The AI provider that all systems share.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AiProperties.class)
public class AiConfiguration {
  @Bean
  AiSettings aiSettings(AiProperties properties) {
    return properties.settings();
  }

  @Bean
  AiProvider aiProvider(AiSettings settings) {
    return AiProviders.create(settings);
  }
}
