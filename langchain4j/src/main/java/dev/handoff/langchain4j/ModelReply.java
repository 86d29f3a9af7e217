package dev.handoff.langchain4j;

import dev.handoff.Usage;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A model's answer, as it is stored with the step. The codec of the engine writes it as JSON, so
/// in plain Java the engine needs `JacksonPayloadCodec`; the starter has it.
///
/// @param messageJson the message as LangChain4j writes it, tool calls included
/// @param usage the tokens of this call; zero where the provider did not tell them
/// @param finishReason the provider's reason for the end, such as `STOP` or `LENGTH`; empty where
///   it gave none
public record ModelReply(String messageJson, Usage usage, String finishReason) {
  /// Requires all parts.
  public ModelReply {
    Objects.requireNonNull(messageJson, "a reply has a message");
    Objects.requireNonNull(usage, "a reply has a usage");
    Objects.requireNonNull(finishReason, "a reply has a finish reason, which may be empty");
  }

  static ModelReply of(ChatResponse response) {
    @Nullable FinishReason reason = response.finishReason();
    return new ModelReply(
        ChatMessageSerializer.messageToJson(response.aiMessage()),
        usage(response.modelName(), response.tokenUsage()),
        reason == null ? "" : reason.name());
  }

  private static Usage usage(@Nullable String model, @Nullable TokenUsage tokens) {
    return tokens == null
        ? Usage.NONE
        : new Usage(
            model == null ? "" : model,
            count(tokens.inputTokenCount()),
            count(tokens.outputTokenCount()));
  }

  private static long count(@Nullable Integer tokens) {
    return tokens == null ? 0 : Math.max(0, tokens);
  }

  /// The message, to be added to the next request of a conversation or searched for tool calls.
  /// Parses it at each call.
  public AiMessage message() {
    return (AiMessage) ChatMessageDeserializer.messageFromJson(messageJson);
  }

  /// The text of the message; empty when it only calls tools.
  public String text() {
    @Nullable String text = message().text();
    return text == null ? "" : text;
  }
}
