package dev.handoff.ai;

/// A whole answer: its text (never blank when a provider wrote it), the name of the model that
/// wrote it, what it cost, and whether an AI wrote it at all.
public record AiReply(String text, String model, AiUsage usage, boolean generatedByAi) {

  /// An answer that a language model wrote.
  public static AiReply fromModel(String text, String model, AiUsage usage) {
    return new AiReply(text, model, usage, true);
  }

  /// An answer made by rules, without a model and without cost.
  public static AiReply offline(String text) {
    return new AiReply(text, AiSettings.OFFLINE, AiUsage.NONE, false);
  }
}
