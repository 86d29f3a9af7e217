package dev.handoff.systems.satbuddy;

import dev.handoff.ai.AiReply;

/// Writes practice questions: a model, or the offline writer. Safe for use by many threads.
@FunctionalInterface
interface QuestionWriter {
  /// The question as JSON.
  ///
  /// @throws dev.handoff.AttemptException when there is none
  AiReply write(QuestionRequest request) throws InterruptedException;
}
