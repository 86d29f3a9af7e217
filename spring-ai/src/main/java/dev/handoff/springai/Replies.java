package dev.handoff.springai;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/// Makes a reply of what the client gives. Answers without anything in them are refused, so that
/// they are not stored as answers.
final class Replies {
  private Replies() {}

  static ClientReply whole(@Nullable ChatResponse response) {
    ReplyPieces reply = new ReplyPieces();
    if (response != null) {
      var ignored = reply.add(response);
    }
    return reply.build();
  }

  /// Collects the pieces of one reply, which come one after the other.
  static final class ReplyPieces {
    private final StringBuilder text = new StringBuilder();
    private String finishReason = "";
    private String model = "";
    private String refusal = "";
    private long inputTokens;
    private long outputTokens;

    /// Adds a piece, and returns its text.
    String add(ChatResponse piece) {
      countTokens(piece);
      @Nullable Generation generation = piece.getResults().isEmpty() ? null : piece.getResult();
      if (generation == null) {
        return "";
      }
      finish(generation.getMetadata().getFinishReason());
      if (generation.getOutput().getMetadata().get("refusal") instanceof String declined) {
        refusal = refusal + declined;
      }
      @Nullable String added = generation.getOutput().getText();
      if (added == null) {
        return "";
      }
      text.append(added);
      return added;
    }

    // In a stream the counts come with the last pieces, as sums.
    private void countTokens(ChatResponse piece) {
      @Nullable String named = piece.getMetadata().getModel();
      model = named == null || named.isEmpty() ? model : named;
      @Nullable Usage usage = piece.getMetadata().getUsage();
      if (usage != null) {
        inputTokens = Math.max(inputTokens, count(usage.getPromptTokens()));
        outputTokens = Math.max(outputTokens, count(usage.getCompletionTokens()));
      }
    }

    private static long count(@Nullable Integer tokens) {
      return tokens == null ? 0 : tokens;
    }

    // OpenAI's module calls the reason of a piece that is not the last one unknown.
    private void finish(@Nullable String reason) {
      if (reason != null && !reason.isBlank() && !reason.equals("_UNKNOWN")) {
        finishReason = reason.toUpperCase(Locale.ROOT);
      }
    }

    ClientReply build() {
      if (finishReason.equals("CONTENT_FILTER") || !refusal.isBlank()) {
        throw ClientFailures.refused();
      }
      if (text.toString().isBlank()) {
        throw AttemptException.of(FailureKind.BAD_OUTPUT, "The AI gave an empty answer.");
      }
      dev.handoff.Usage usage =
          inputTokens + outputTokens == 0
              ? dev.handoff.Usage.NONE
              : new dev.handoff.Usage(model, inputTokens, outputTokens);
      return new ClientReply(text.toString(), usage, finishReason);
    }
  }
}
