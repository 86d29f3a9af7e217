package dev.handoff.ai.provider;

import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiSettings;
import java.time.InstantSource;
import java.util.List;

/// The providers that can be chosen by name (`handoff.ai.provider`).
public final class AiProviders {
  private AiProviders() {}

  /// The names, in the order they are shown. `openai` also speaks to every compatible server (vLLM,
  /// LM Studio, gateways) by its base URL.
  public static List<String> names() {
    return List.of(
        AiSettings.OFFLINE,
        AiSettings.OPENAI,
        AiSettings.ANTHROPIC,
        AiSettings.GEMINI,
        AiSettings.OLLAMA);
  }

  /// The provider of these settings. Opens no connection yet.
  ///
  /// @throws IllegalArgumentException when the name is unknown; the message lists the known ones
  public static AiProvider create(AiSettings settings) {
    return switch (settings.provider()) {
      case AiSettings.OFFLINE -> new AiProvider.Offline();
      case AiSettings.OPENAI ->
          new AiProvider.Remote(AiSettings.OPENAI, OpenAiModel.connect(settings));
      case AiSettings.ANTHROPIC, AiSettings.GEMINI, AiSettings.OLLAMA ->
          new AiProvider.Remote(
              settings.provider(), NativeModel.connect(settings, InstantSource.system()));
      default ->
          throw new IllegalArgumentException(
              "handoff.ai.provider '%s' is unknown; choose one of: %s"
                  .formatted(settings.provider(), String.join(", ", names())));
    };
  }
}
