package dev.handoff.ai.provider;

import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiSettings;
import java.util.List;

/// The providers that can be chosen by name (`handoff.ai.provider`).
public final class AiProviders {
  private static final String OPENAI = "openai";

  private AiProviders() {}

  /// The names, in the order they are shown: `offline`, `openai`. The latter also speaks to every
  /// compatible server (Ollama, vLLM, gateways) by its base URL.
  public static List<String> names() {
    return List.of(AiSettings.OFFLINE, OPENAI);
  }

  /// The provider of these settings. Opens no connection yet.
  ///
  /// @throws IllegalArgumentException when the name is unknown; the message lists the known ones
  public static AiProvider create(AiSettings settings) {
    return switch (settings.provider()) {
      case AiSettings.OFFLINE -> new AiProvider.Offline();
      case OPENAI -> new AiProvider.Remote(OPENAI, OpenAiModel.connect(settings));
      default ->
          throw new IllegalArgumentException(
              "handoff.ai.provider '%s' is unknown; choose one of: %s"
                  .formatted(settings.provider(), String.join(", ", names())));
    };
  }
}
