package dev.handoff.ai.provider;

import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The text of a message's `content`, which is a text, a list of parts, or one part.
final class ContentText {
  private static final Pattern THOUGHTS = Pattern.compile("reason|think|thought|summary");

  private ContentText() {}

  /// The texts, joined; thinking parts are left out.
  static String of(JsonNode content) {
    if (content.isString()) {
      return content.stringValue();
    }
    if (content.isArray()) {
      StringBuilder texts = new StringBuilder();
      content.forEach(part -> texts.append(of(part)));
      return texts.toString();
    }
    return content.isObject() && isText(content)
        ? text(content.path(content.has("text") ? "text" : "content"))
        : "";
  }

  /// Whether a part of this message says why there is no answer.
  static boolean isRefusal(JsonNode message) {
    return message
        .path("content")
        .valueStream()
        .anyMatch(part -> !part.path("refusal").asString("").isBlank());
  }

  private static boolean isText(JsonNode part) {
    String type = part.path("type").asString("text").toLowerCase(Locale.ROOT);
    return type.contains("text")
        && !THOUGHTS.matcher(type).find()
        && !part.path("thought").asBoolean(false);
  }

  private static String text(JsonNode text) {
    return text.isObject() ? text.path("value").asString("") : text.asString("");
  }
}
