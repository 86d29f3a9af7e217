package dev.handoff.systems.trainingvideos.ai;

import dev.handoff.ai.AiSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Who writes down what is said in videos.
///
/// @param model the speech model's name at the provider; none leaves what is said to the subtitles
/// @param baseUrl where its API begins; none takes that of handoff.ai
/// @param apiKey its secret key; none takes that of handoff.ai, if the address is taken from there
@ConfigurationProperties("handoff.systems.training-videos.speech")
public record SpeechProperties(
    @DefaultValue("") String model,
    @DefaultValue("") String baseUrl,
    @DefaultValue("") String apiKey) {
  boolean isOn(AiSettings ai) {
    return !model.isBlank() && (!baseUrl.isBlank() || ai.provider().equals(AiSettings.OPENAI));
  }

  /// As `ai` takes them. A key goes to no other address than the one it was given for.
  AiSettings settings(AiSettings ai) {
    boolean own = !baseUrl.isBlank();
    String key = apiKey.isBlank() && !own ? ai.apiKey() : apiKey;
    return new AiSettings(
        AiSettings.OPENAI, own ? baseUrl : ai.baseUrl(), key, model, ai.timeout());
  }

  /// Leaves the API key out of logs.
  @Override
  public String toString() {
    return "SpeechProperties[model=" + model + ", baseUrl=" + baseUrl + "]";
  }
}
