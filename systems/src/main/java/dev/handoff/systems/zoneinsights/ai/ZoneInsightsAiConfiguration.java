package dev.handoff.systems.zoneinsights.ai;

import dev.handoff.ai.AiProvider;
import dev.handoff.systems.zoneinsights.InsightWriter;
import dev.handoff.systems.zoneinsights.OfflineInsightWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The writer of insights: the model that the settings name, or the rules alone.
@Configuration(proxyBeanMethods = false)
public class ZoneInsightsAiConfiguration {
  @Bean
  InsightWriter zoneInsightWriter(AiProvider provider) {
    return switch (provider) {
      case AiProvider.Offline _ -> new OfflineInsightWriter();
      case AiProvider.Remote(_, var model) -> new ModelInsightWriter(model);
    };
  }
}
