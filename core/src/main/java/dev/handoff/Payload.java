package dev.handoff;

import java.nio.charset.StandardCharsets;

/// A request, a result or a step's value as the store keeps it: text, by default JSON. The engine
/// never looks into it and never logs it. Half a surrogate pair, which no store keeps, becomes
/// U+FFFD.
public record Payload(String text) {
  /// Replaces what is no character. Costs a look at each.
  public Payload {
    text = Texts.wellFormed(text);
  }

  /// Bytes in UTF-8; what the bounds in [Bounds] count.
  public int size() {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String toString() {
    return "Payload[" + text.length() + " characters]";
  }
}
