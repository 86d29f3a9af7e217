package dev.handoff.ai;

/// Who does the AI work: nobody outside this process, or a model at a provider. Made by
/// `AiProviders.create`.
public sealed interface AiProvider extends AutoCloseable {

  /// No model: every system does its own honest offline work.
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

  /// The provider's model, or this stand-in when there is none.
  default AiModel modelOr(AiModel offlineWork) {
    return switch (this) {
      case Offline _ -> offlineWork;
      case Remote(_, AiModel model) -> model;
    };
  }

  /// Gives back what the provider holds.
  @Override
  void close();
}
