package dev.handoff.ai.provider;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// The text of a message's `content`, which is a text, a list of parts, or one part.
final class ContentText {
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
    return content.isObject() && isText(content) ? text(content.path("text")) : "";
  }

  private static boolean isText(JsonNode part) {
    String type = part.path("type").asString("text").toLowerCase(Locale.ROOT);
    return type.contains("text")
        && !type.contains("reason")
        && !part.path("thought").asBoolean(false);
  }

  private static String text(JsonNode text) {
    return text.isObject() ? text.path("value").asString("") : text.asString("");
  }
}
