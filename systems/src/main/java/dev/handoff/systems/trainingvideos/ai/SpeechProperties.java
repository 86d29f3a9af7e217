package dev.handoff.systems.trainingvideos.ai;

import dev.handoff.ai.AiSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the speech model that transcribes videos.
///
/// @param model name of the speech model at its provider; if empty, only subtitles in the file tell
///   what is said
/// @param baseUrl base URL of the speech model's provider; if empty, that of `handoff.ai.base-url`
/// @param apiKey API key at the speech model's provider; if empty and the base URL is that of
///   `handoff.ai`, its API key
@ConfigurationProperties("handoff.systems.training-videos.speech")
public record SpeechProperties(
    @DefaultValue("") String model,
    @DefaultValue("") String baseUrl,
    @DefaultValue("") String apiKey) {
  boolean isOn(AiSettings ai) {
    return !model.isBlank() && (!baseUrl.isBlank() || ai.provider().equals(AiSettings.OPENAI));
  }

  /// Returns the settings of the speech model. The API key of `ai` is used only at the base URL of
  /// `ai`.
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
