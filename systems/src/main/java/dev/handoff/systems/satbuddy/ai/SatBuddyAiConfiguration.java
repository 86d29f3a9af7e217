package dev.handoff.systems.satbuddy.ai;

import dev.handoff.ai.AiProvider;
import dev.handoff.systems.satbuddy.OfflineSatBuddy;
import dev.handoff.systems.satbuddy.SatBuddyConfiguration.Buddy;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// SAT Buddy as the settings say: the model that they name, or none.
@Configuration(proxyBeanMethods = false)
public class SatBuddyAiConfiguration {
  @Bean
  Buddy satBuddy(AiProvider provider) {
    return switch (provider) {
      case AiProvider.Offline _ -> {
        OfflineSatBuddy offline = new OfflineSatBuddy(new SecureRandom());
        yield new Buddy(offline, offline);
      }
      case AiProvider.Remote(_, var model) -> {
        ModelTutor remote = new ModelTutor(model);
        yield new Buddy(remote, remote);
      }
    };
  }
}
