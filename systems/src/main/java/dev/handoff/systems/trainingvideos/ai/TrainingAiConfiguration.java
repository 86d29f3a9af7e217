package dev.handoff.systems.trainingvideos.ai;

import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.provider.OpenAiTranscriber;
import dev.handoff.systems.trainingvideos.TrainingConfiguration.Author;
import dev.handoff.systems.trainingvideos.TrainingConfiguration.SpeechToText;
import dev.handoff.systems.trainingvideos.TrainingLimits;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The models that the training videos ask, where the settings name any.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SpeechProperties.class)
public class TrainingAiConfiguration {
  @Bean
  Author trainingAuthor(AiProvider provider, TrainingLimits limits) {
    return switch (provider) {
      case AiProvider.Offline _ -> new Author(Optional.empty());
      case AiProvider.Remote(_, var model) ->
          new Author(Optional.of(new ModelVideoAuthor(model, limits.stepsPerModule())));
    };
  }

  @Bean
  SpeechToText trainingSpeechToText(SpeechProperties speech, AiSettings ai) {
    return new SpeechToText(
        speech.isOn(ai)
            ? Optional.of(OpenAiTranscriber.connect(speech.settings(ai)))
            : Optional.empty());
  }
}
