package dev.handoff.systems.promptgeneration;

import dev.handoff.ai.AiReply;
import org.jspecify.annotations.Nullable;

/// What came of asking for a prompt, as it is remembered for a later attempt: a text, or why there
/// is none; which model, and what it counted; and whether it was the text of an earlier request.
record Asked(
    @Nullable String text,
    @Nullable String error,
    String model,
    long promptTokens,
    long completionTokens,
    boolean byAi,
    boolean reused) {
  static Asked answered(String text, AiReply reply) {
    return new Asked(
        text,
        null,
        reply.model(),
        reply.usage().inputTokens(),
        reply.usage().outputTokens(),
        reply.generatedByAi(),
        false);
  }

  static Asked failed(String error, String model) {
    return new Asked(null, error, model, 0, 0, false, false);
  }

  static Asked reused(String text, String model) {
    return new Asked(text, null, model, 0, 0, true, true);
  }

  long totalTokens() {
    return promptTokens + completionTokens;
  }
}
