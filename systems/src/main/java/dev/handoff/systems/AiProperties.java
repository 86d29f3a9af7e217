package dev.handoff.systems;

import dev.handoff.ai.AiSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which AI provider does the work.
///
/// @param provider offline; openai for OpenAI and every compatible server; anthropic, gemini or
///   ollama for their own APIs
/// @param baseUrl where the provider's API begins, version included; none takes the provider's own
/// @param apiKey the secret key at the provider
/// @param model the model's name at the provider; none takes a small one of the provider
/// @param timeout the longest a call to the provider may take
@ConfigurationProperties("handoff.ai")
public record AiProperties(
    @DefaultValue("offline") String provider,
    @DefaultValue("") String baseUrl,
    @DefaultValue("") String apiKey,
    @DefaultValue("") String model,
    @DefaultValue("60s") Duration timeout) {
  /// What `ai` makes of these settings.
  public AiSettings settings() {
    return new AiSettings(provider, baseUrl, apiKey, model, timeout);
  }

  /// Leaves the API key out of logs.
  @Override
  public String toString() {
    return settings().toString();
  }
}
