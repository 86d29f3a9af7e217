package dev.handoff.systems.teamevaluation.ai;

import dev.handoff.ai.AiProvider;
import dev.handoff.systems.teamevaluation.SummaryWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The model that writes summaries, where the settings name one.
@Configuration(proxyBeanMethods = false)
public class TeamEvaluationAiConfiguration {
  @Bean
  SummaryWriter teamSummaryWriter(AiProvider provider) {
    return switch (provider) {
      case AiProvider.Offline _ -> SummaryWriter.NONE;
      case AiProvider.Remote(_, var model) -> new ModelSummaryWriter(new SummaryModel(model));
    };
  }
}
