package dev.handoff.ai.provider;

import dev.handoff.ai.AiImage;
import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.AiSettings;
import dev.handoff.ai.AnswerForm;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes our requests as OpenAI's chat-completions API takes them.
final class OpenAiRequests {
  private static final String ONLY_JSON = "Answer with one JSON object and nothing else.";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private OpenAiRequests() {}

  /// The optional fields that this request has when these are left out.
  static Set<RequestField> fields(
      AiRequest request, AiSettings settings, boolean streaming, Set<RequestField> leftOut) {
    Set<RequestField> fields = EnumSet.noneOf(RequestField.class);
    if (streaming && !leftOut.contains(RequestField.STREAM)) {
      fields.add(RequestField.STREAM);
      fields.add(RequestField.STREAM_OPTIONS);
    }
    if (request.form() == AnswerForm.JSON) {
      fields.add(RequestField.RESPONSE_FORMAT);
    }
    if (request.temperature() != null) {
      fields.add(RequestField.TEMPERATURE);
    }
    if (request.maxTokens() != null) {
      fields.add(limit(settings, leftOut));
    }
    fields.removeAll(leftOut);
    return fields;
  }

  // OpenAI's newer models refuse max_tokens; many compatible servers know nothing else.
  private static RequestField limit(AiSettings settings, Set<RequestField> leftOut) {
    boolean isNew = settings.isOpenAiItself() || leftOut.contains(RequestField.MAX_TOKENS);
    return isNew && !leftOut.contains(RequestField.MAX_COMPLETION_TOKENS)
        ? RequestField.MAX_COMPLETION_TOKENS
        : RequestField.MAX_TOKENS;
  }

  /// The body with these of its optional fields.
  static String body(AiRequest request, AiSettings settings, Set<RequestField> fields) {
    ObjectNode body = JSON.createObjectNode().put("model", settings.model());
    messages(request, body.putArray("messages"));
    for (RequestField field : fields) {
      switch (field) {
        case STREAM -> body.put("stream", true);
        case STREAM_OPTIONS -> body.putObject("stream_options").put("include_usage", true);
        case RESPONSE_FORMAT -> body.putObject("response_format").put("type", "json_object");
        case TEMPERATURE -> body.put("temperature", request.temperature());
        case MAX_TOKENS -> body.put("max_tokens", request.maxTokens());
        case MAX_COMPLETION_TOKENS -> body.put("max_completion_tokens", request.maxTokens());
        case TIMESTAMP_GRANULARITIES -> throw new IllegalArgumentException("a field of speech");
      }
    }
    return body.toString();
  }

  private static void messages(AiRequest request, ArrayNode messages) {
    String persona = persona(request);
    if (!persona.isBlank()) {
      messages.addObject().put("role", "system").put("content", persona);
    }
    for (AiMessage message : request.messages()) {
      ObjectNode turn =
          messages.addObject().put("role", message.role().name().toLowerCase(Locale.ROOT));
      if (message.images().isEmpty()) {
        turn.put("content", message.text());
      } else {
        parts(message, turn.putArray("content"));
      }
    }
  }

  private static void parts(AiMessage message, ArrayNode parts) {
    if (!message.text().isBlank()) {
      parts.addObject().put("type", "text").put("text", message.text());
    }
    for (AiImage image : message.images()) {
      parts
          .addObject()
          .put("type", "image_url")
          .putObject("image_url")
          .put("url", "data:" + image.contentType() + ";base64," + image.base64());
    }
  }

  /// OpenAI refuses its JSON mode unless the conversation speaks of JSON.
  static String persona(AiRequest request) {
    String persona = request.persona();
    if (request.form() != AnswerForm.JSON || persona.toLowerCase(Locale.ROOT).contains("json")) {
      return persona;
    }
    return persona.isBlank() ? ONLY_JSON : persona + "\n\n" + ONLY_JSON;
  }
}
