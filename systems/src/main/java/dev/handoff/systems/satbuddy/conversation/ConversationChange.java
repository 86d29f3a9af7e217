package dev.handoff.systems.satbuddy.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a page changed. Messages with known ids are replaced in their place and all others come
/// last, so that two pages which change the same conversation lose nothing.
///
/// @param title the title of a conversation that does not exist yet
/// @param removed ids of messages
/// @param pending the open request, as JSON; null for none
public record ConversationChange(
    String title, List<StoredMessage> messages, List<String> removed, @Nullable String pending) {
  public ConversationChange {
    messages = List.copyOf(messages);
    removed = List.copyOf(removed);
  }
}
