package dev.handoff.systems.satbuddy;

import dev.handoff.ai.AiImage;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.TokenListener;
import java.util.List;

/// Answers pupils: a model, or the offline tutor. Safe for use by many threads.
@FunctionalInterface
public interface Tutor {
  /// The answer, told piece by piece while it is written.
  ///
  /// @throws dev.handoff.AttemptException when there is none
  AiReply answer(ChatRequest request, List<AiImage> images, TokenListener onToken)
      throws InterruptedException;
}
