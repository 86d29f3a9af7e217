package dev.handoff.systems;

import dev.handoff.ai.AiSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the AI provider.
///
/// @param provider AI provider: `openai` for OpenAI and compatible servers, `anthropic`, `gemini`
///   or `ollama` for their own APIs, or `offline` for answers by fixed rules, without a model
/// @param baseUrl base URL of the provider's API, including its version; empty stands for the
///   provider's usual one
/// @param apiKey API key at the provider; empty if it needs none
/// @param model name of the model at the provider; empty stands for a small one of the provider
/// @param timeout longest time of a call to the provider; begins anew with each piece of a streamed
///   answer, up to ten times as long in all
@ConfigurationProperties("handoff.ai")
public record AiProperties(
    @DefaultValue("offline") String provider,
    @DefaultValue("") String baseUrl,
    @DefaultValue("") String apiKey,
    @DefaultValue("") String model,
    @DefaultValue("60s") Duration timeout) {
  /// Returns these settings in the form that the module `ai` takes.
  public AiSettings settings() {
    return new AiSettings(provider, baseUrl, apiKey, model, timeout);
  }

  /// Leaves the API key out of logs.
  @Override
  public String toString() {
    return settings().toString();
  }
}
