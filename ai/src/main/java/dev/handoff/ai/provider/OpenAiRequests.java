package dev.handoff.ai.provider;

import dev.handoff.ai.AiImage;
import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.AnswerForm;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Turns our requests into LangChain4j's.
final class OpenAiRequests {
  private static final String ONLY_JSON = "Answer with one JSON object and nothing else.";

  private OpenAiRequests() {}

  static ChatRequest toChatRequest(AiRequest request, AiSettings settings) {
    List<ChatMessage> messages = new ArrayList<>();
    String persona = persona(request);
    if (!persona.isBlank()) {
      messages.add(SystemMessage.from(persona));
    }
    request.messages().forEach(message -> messages.add(toChatMessage(message)));
    return ChatRequest.builder()
        .messages(messages)
        .parameters(parameters(request, settings))
        .build();
  }

  /// OpenAI refuses its JSON mode unless the conversation speaks of JSON.
  private static String persona(AiRequest request) {
    String persona = request.persona();
    if (request.form() != AnswerForm.JSON || persona.toLowerCase(Locale.ROOT).contains("json")) {
      return persona;
    }
    return persona.isBlank() ? ONLY_JSON : persona + "\n\n" + ONLY_JSON;
  }

  private static OpenAiChatRequestParameters parameters(AiRequest request, AiSettings settings) {
    var parameters = OpenAiChatRequestParameters.builder();
    if (request.form() == AnswerForm.JSON) {
      parameters.responseFormat(ResponseFormat.JSON);
    }
    if (request.temperature() != null) {
      parameters.temperature(request.temperature());
    }
    if (request.maxTokens() != null) {
      // OpenAI's newer models refuse max_tokens; many compatible servers know nothing else.
      if (settings.isOpenAiItself()) {
        parameters.maxCompletionTokens(request.maxTokens());
      } else {
        parameters.maxOutputTokens(request.maxTokens());
      }
    }
    return parameters.build();
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
