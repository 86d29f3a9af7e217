package dev.handoff.systems.promptgeneration.ai;

import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiSettings;
import dev.handoff.systems.promptgeneration.OfflinePromptWriter;
import dev.handoff.systems.promptgeneration.PromptAuthor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The writer of prompts: the model that the settings name, or the fixed rules.
@Configuration(proxyBeanMethods = false)
public class PromptAiConfiguration {
  @Bean
  PromptAuthor promptAuthor(AiProvider provider, AiSettings ai) {
    return switch (provider) {
      case AiProvider.Offline _ -> new PromptAuthor(new OfflinePromptWriter(), AiSettings.OFFLINE);
      case AiProvider.Remote(_, var model) ->
          new PromptAuthor(new ModelPromptWriter(model), ai.model());
    };
  }
}
