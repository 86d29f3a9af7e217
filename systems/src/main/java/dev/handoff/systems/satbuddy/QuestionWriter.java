package dev.handoff.systems.satbuddy;

import dev.handoff.ai.AiReply;

/// Writes practice questions: a model, or the offline writer. Safe for use by many threads.
public interface QuestionWriter {
  /// The question as JSON.
  ///
  /// @throws dev.handoff.AttemptException when there is none
  AiReply write(QuestionRequest request) throws InterruptedException;

  /// The question in what was written.
  ///
  /// @throws dev.handoff.AttemptException saying what is wrong with it
  PracticeQuestion read(AiReply written);
}
