package dev.handoff.springai;

import dev.handoff.Usage;
import java.util.Objects;

/// A model's answer, as it is stored with the step. The codec of the engine writes it as JSON, so
/// in plain Java the engine needs `JacksonPayloadCodec`; the starter has it.
///
/// @param text the whole text
/// @param usage the tokens of this call; zero where the provider did not tell them
/// @param finishReason the provider's reason for the end, such as `STOP`; empty where it gave none
public record ClientReply(String text, Usage usage, String finishReason) {
  /// Requires all parts.
  public ClientReply {
    Objects.requireNonNull(text, "a reply has a text");
    Objects.requireNonNull(usage, "a reply has a usage");
    Objects.requireNonNull(finishReason, "a reply has a finish reason, which may be empty");
  }
}
