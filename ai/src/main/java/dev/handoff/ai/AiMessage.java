package dev.handoff.ai;

import java.util.List;

/// One turn of a conversation: who speaks, the text, and the images that go with it. Only the user
/// sends images; there is text or at least one image.
public record AiMessage(Role role, String text, List<AiImage> images) {

  public enum Role {
    USER,
    /// The model, earlier in the conversation.
    ASSISTANT
  }

  /// Copies the list; refuses an empty turn and images of the assistant.
  public AiMessage {
    images = List.copyOf(images);
    if (text.isBlank() && images.isEmpty()) {
      throw new IllegalArgumentException("A message needs text or an image");
    }
    if (role == Role.ASSISTANT && !images.isEmpty()) {
      throw new IllegalArgumentException("Only the user sends images");
    }
  }

  /// A turn of the user, with any images.
  public static AiMessage user(String text, AiImage... images) {
    return new AiMessage(Role.USER, text, List.of(images));
  }

  public static AiMessage assistant(String text) {
    return new AiMessage(Role.ASSISTANT, text, List.of());
  }
}
