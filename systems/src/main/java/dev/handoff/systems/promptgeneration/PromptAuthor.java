package dev.handoff.systems.promptgeneration;

import dev.handoff.ai.AiProvider;
import dev.handoff.ai.AiSettings;

/// Who writes prompts, and under which model's name.
record PromptAuthor(PromptWriter writer, String model) {
  static PromptAuthor of(AiProvider provider, AiSettings ai) {
    return switch (provider) {
      case AiProvider.Offline _ -> new PromptAuthor(new OfflinePromptWriter(), AiSettings.OFFLINE);
      case AiProvider.Remote(_, var model) ->
          new PromptAuthor(new ModelPromptWriter(model), ai.model());
    };
  }
}
