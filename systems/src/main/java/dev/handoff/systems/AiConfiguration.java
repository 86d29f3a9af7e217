package dev.handoff.systems;

import dev.handoff.Handoff;
import dev.handoff.ai.AiModel;
import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.provider.AiProviders;
import dev.handoff.ai.provider.GatedModel;
import java.security.SecureRandom;
import org.springframework.beans.factory.ObjectProvider;
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

  /// A model of all nodes' gate. The engine comes after the handlers that ask the model.
  @Bean
  AiProvider aiProvider(AiSettings settings, ObjectProvider<Handoff> handoff) {
    return switch (AiProviders.create(settings)) {
      case AiProvider.Offline offline -> offline;
      case AiProvider.Remote(String name, AiModel model) ->
          new AiProvider.Remote(
              name,
              new GatedModel(
                  model,
                  name,
                  settings.timeout(),
                  () -> handoff.getObject().gates(),
                  () -> handoff.getObject().clock().instant(),
                  new SecureRandom()));
    };
  }
}
