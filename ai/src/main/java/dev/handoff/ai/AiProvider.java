package dev.handoff.ai;

/// Who answers AI requests: nobody outside this process, or a model at a provider. Created by
/// `AiProviders.create`.
public sealed interface AiProvider extends AutoCloseable {

  /// No model: each system answers by its own rules.
  record Offline() implements AiProvider {
    @Override
    public void close() {}
  }

  /// A model at the provider of this name.
  record Remote(String name, AiModel model) implements AiProvider {
    @Override
    public void close() {
      model.close();
    }
  }

  /// Returns the provider's model, or this stand-in when there is none.
  default AiModel modelOr(AiModel offlineWork) {
    return switch (this) {
      case Offline ignored -> offlineWork;
      case Remote(var ignored, AiModel model) -> model;
    };
  }

  /// Closes the provider's connections and threads.
  @Override
  void close();
}
