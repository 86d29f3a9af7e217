package dev.handoff.ai.provider;

import dev.handoff.ai.AiImage;
import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.AnswerForm;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import java.util.ArrayList;
import java.util.List;

/// Turns our requests into LangChain4j's.
final class LangChainRequests {
  private LangChainRequests() {}

  static ChatRequest of(AiRequest request, NativeWire wire) {
    List<ChatMessage> messages = new ArrayList<>();
    String persona = OpenAiRequests.persona(request);
    if (!persona.isBlank()) {
      messages.add(SystemMessage.from(persona));
    }
    request.messages().forEach(message -> messages.add(toChatMessage(message)));
    ChatRequest.Builder chat = ChatRequest.builder().messages(messages);
    // Anthropic has no such mode; the persona asks for JSON in words.
    if (request.form() == AnswerForm.JSON && wire != NativeWire.ANTHROPIC) {
      chat.responseFormat(ResponseFormat.JSON);
    }
    if (request.temperature() != null) {
      chat.temperature(request.temperature());
    }
    if (request.maxTokens() != null) {
      chat.maxOutputTokens(request.maxTokens());
    }
    return chat.build();
  }

  private static ChatMessage toChatMessage(AiMessage message) {
    return switch (message.role()) {
      case USER -> UserMessage.from(toContents(message));
      case ASSISTANT -> dev.langchain4j.data.message.AiMessage.from(message.text());
    };
  }

  private static List<Content> toContents(AiMessage message) {
    List<Content> contents = new ArrayList<>();
    if (!message.text().isBlank()) {
      contents.add(TextContent.from(message.text()));
    }
    for (AiImage image : message.images()) {
      contents.add(ImageContent.from(image.base64(), image.contentType()));
    }
    return contents;
  }
}
