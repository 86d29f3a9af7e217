package dev.handoff.systems.satbuddy;

import dev.handoff.systems.kit.ModelJson.Written;

/// Writes practice questions: a model, or the offline writer. Safe for use by many threads.
public interface QuestionWriter {
  /// A new question, and what it cost.
  ///
  /// @throws dev.handoff.AttemptException when there is none, saying what is wrong with what was
  ///   written
  Written<PracticeQuestion> write(QuestionRequest request) throws InterruptedException;

  /// Whether an AI writes them.
  boolean isAi();
}
