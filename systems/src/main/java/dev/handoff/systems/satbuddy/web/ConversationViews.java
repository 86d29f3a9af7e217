package dev.handoff.systems.satbuddy.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.handoff.systems.satbuddy.conversation.ConversationRow;
import dev.handoff.systems.satbuddy.conversation.Conversations;
import dev.handoff.systems.satbuddy.conversation.Conversations.WholeConversation;
import dev.handoff.systems.satbuddy.conversation.StoredMessage;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the calls about conversations answer with.
final class ConversationViews {
  private ConversationViews() {}

  record ListedConversation(
      String id,
      String title,
      @JsonProperty("updated_at") long updatedAt,
      @JsonProperty("is_answering") boolean isAnswering) {
    static ListedConversation of(ConversationRow row) {
      return new ListedConversation(
          row.id(), row.title(), row.updatedAt().toEpochMilli(), row.pending() != null);
    }
  }

  /// @param more whether older ones follow, before the last one's `updated_at`
  record ConversationList(boolean success, List<ListedConversation> conversations, boolean more) {
    static ConversationList of(List<ConversationRow> rows) {
      return new ConversationList(
          true,
          rows.stream().map(ListedConversation::of).toList(),
          rows.size() == Conversations.PAGE);
    }
  }

  /// @param messages a list in the page's own form
  record FullConversation(
      boolean success,
      String id,
      String title,
      @JsonRawValue String messages,
      @JsonRawValue @Nullable String pending) {
    static FullConversation of(WholeConversation whole) {
      return new FullConversation(
          true,
          whole.row().id(),
          whole.row().title(),
          whole.messages().stream()
              .map(StoredMessage::body)
              .collect(Collectors.joining(",", "[", "]")),
          whole.row().pending());
    }
  }

  record ChangedChat(boolean success) {
    static final ChangedChat OK = new ChangedChat(true);
  }
}
