package dev.handoff.systems.promptgeneration;

import dev.handoff.ai.AiReply;
import dev.handoff.systems.promptgeneration.Businesses.Business;

/// Makes prompts of notes: a model, or fixed rules. Safe for use by many threads.
@FunctionalInterface
public interface PromptWriter {
  /// Writes the prompt.
  ///
  /// @throws dev.handoff.AttemptException when there is none
  AiReply write(String notes, Business business) throws InterruptedException;
}
