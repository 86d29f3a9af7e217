package dev.handoff.testing.model;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// One call as it reached the scripted provider.
///
/// @param body the parsed JSON, for whatever has no accessor here
/// @param headers all headers in lower case but `authorization`
/// @param authorized whether the bearer token was the server's key
public record ModelRequest(JsonNode body, Map<String, List<String>> headers, boolean authorized) {

  /// One turn of the conversation: `system`, `user` or `assistant`, the text parts joined by line
  /// breaks, and the images that came as data URLs.
  public record ChatMessage(String role, String text, List<Image> images) {}

  /// An image that came along: its content type and its Base64 text.
  public record Image(String contentType, String base64) {
    public byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }
  }

  public String model() {
    return body.path("model").asString("");
  }

  /// Whether the answer was to be streamed.
  public boolean isStreaming() {
    return body.path("stream").asBoolean(false);
  }

  /// Whether the stream was to end with the usage.
  public boolean wantsUsage() {
    return body.path("stream_options").path("include_usage").asBoolean(false);
  }

  /// Whether JSON mode was asked for.
  public boolean wantsJson() {
    return body.path("response_format").path("type").asString("").startsWith("json");
  }

  /// The temperature, when one was sent.
  public OptionalDouble temperature() {
    JsonNode value = body.path("temperature");
    return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
  }

  /// The bound on output tokens, by either of its names.
  public OptionalInt maxTokens() {
    JsonNode old = body.path("max_tokens");
    JsonNode value = old.isNumber() ? old : body.path("max_completion_tokens");
    return value.isNumber() ? OptionalInt.of(value.asInt()) : OptionalInt.empty();
  }

  public List<ChatMessage> turns() {
    List<ChatMessage> turns = new ArrayList<>();
    body.path("messages").forEach(message -> turns.add(toTurn(message)));
    return List.copyOf(turns);
  }

  /// The text of the last turn of the user; empty when there is none.
  public String lastUserText() {
    return turns().reversed().stream()
        .filter(turn -> turn.role().equals("user"))
        .map(ChatMessage::text)
        .findFirst()
        .orElse("");
  }

  /// All images of the conversation in order.
  public List<Image> images() {
    return turns().stream().flatMap(turn -> turn.images().stream()).toList();
  }

  /// Shows the conversation's size and never a secret.
  @Override
  public String toString() {
    return "ModelRequest[model=%s, turns=%d, streaming=%s, authorized=%s]"
        .formatted(model(), turns().size(), isStreaming(), authorized);
  }

  private static ChatMessage toTurn(JsonNode message) {
    JsonNode content = message.path("content");
    List<String> texts = new ArrayList<>();
    List<Image> images = new ArrayList<>();
    if (content.isString()) {
      texts.add(content.asString());
    }
    for (JsonNode part : content) {
      switch (part.path("type").asString("")) {
        case "text" -> texts.add(part.path("text").asString(""));
        case "image_url" -> images.add(toImage(part.path("image_url").path("url").asString("")));
        default -> texts.add("");
      }
    }
    return new ChatMessage(
        message.path("role").asString(""), String.join("\n", texts), List.copyOf(images));
  }

  private static Image toImage(String dataUrl) {
    int comma = dataUrl.indexOf(',');
    if (!dataUrl.startsWith("data:") || comma < 0) {
      throw new IllegalArgumentException("An image that is not a data URL");
    }
    String type = dataUrl.substring("data:".length(), comma).replace(";base64", "");
    return new Image(type, dataUrl.substring(comma + 1));
  }
}
