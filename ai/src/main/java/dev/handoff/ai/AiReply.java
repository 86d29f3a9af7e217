package dev.handoff.ai;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;

/// An answer: its text (never blank when a provider wrote it), the name of the model that wrote it,
/// what it cost, whether an AI wrote it at all, and whether the model reached its length limit
/// before the answer was complete. Such an answer is half an answer: tell the person, and give it
/// to nobody else.
public record AiReply(
    String text, String model, AiUsage usage, boolean generatedByAi, boolean isCut) {

  /// A complete answer that a language model wrote.
  public static AiReply fromModel(String text, String model, AiUsage usage) {
    return new AiReply(text, model, usage, true, false);
  }

  /// An answer made by rules, without a model and without cost.
  public static AiReply offline(String text) {
    return new AiReply(text, AiSettings.OFFLINE, AiUsage.NONE, false, false);
  }

  /// The same answer, cut at the model's length limit.
  public AiReply cut() {
    return new AiReply(text, model, usage, generatedByAi, true);
  }

  /// Returns this answer if it is complete.
  ///
  /// @throws AttemptException of the kind [FailureKind#BAD_OUTPUT] when it is cut
  public AiReply whole() {
    if (isCut) {
      throw AttemptException.of(
          FailureKind.BAD_OUTPUT, "The AI's answer reached its length limit and is not complete.");
    }
    return this;
  }
}
