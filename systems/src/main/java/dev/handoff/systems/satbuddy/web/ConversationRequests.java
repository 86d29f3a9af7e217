package dev.handoff.systems.satbuddy.web;

import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.satbuddy.conversation.ConversationChange;
import dev.handoff.systems.satbuddy.conversation.ConversationSearch;
import dev.handoff.systems.satbuddy.conversation.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what pages say of conversations and refuses what is too much.
final class ConversationRequests {
  private static final String UNTITLED = "New chat";
  private static final int LONGEST_TITLE = 120;
  private static final int LONGEST_ID = 80;
  private static final int LONGEST_MESSAGE = 64 * 1024;
  private static final int LONGEST_SEARCH = 200;
  private static final int MOST_AT_ONCE = 200;

  private ConversationRequests() {}

  static ConversationChange change(JsonBody body) {
    List<JsonBody> sent = body.objects("messages");
    List<String> removed = body.texts("removed");
    if (sent.size() > MOST_AT_ONCE || removed.size() > MOST_AT_ONCE) {
      throw RefusedException.badRequest(
          "At most " + MOST_AT_ONCE + " messages can be changed at once.");
    }
    List<StoredMessage> messages = new ArrayList<>();
    for (JsonBody message : sent) {
      messages.add(message(message));
    }
    String title = body.text("title").map(ConversationRequests::cut).orElse("");
    return new ConversationChange(
        title.isEmpty() ? UNTITLED : title,
        messages,
        removed.stream().map(ConversationRequests::id).toList(),
        body.object("pending").map(ConversationRequests::raw).orElse(null));
  }

  static String title(JsonBody body) {
    String title = body.text("title").map(ConversationRequests::oneLine).orElse("");
    if (title.isEmpty()) {
      throw RefusedException.badRequest("Title is required");
    }
    if (title.length() > LONGEST_TITLE) {
      throw RefusedException.badRequest(
          "Title is too long. Maximum " + LONGEST_TITLE + " characters allowed.");
    }
    return title;
  }

  static ConversationSearch search(@Nullable String words, @Nullable Long before) {
    String asked = words == null ? "" : words;
    return new ConversationSearch(
        asked.substring(0, Math.min(asked.length(), LONGEST_SEARCH)),
        before == null ? Long.MAX_VALUE : before);
  }

  private static StoredMessage message(JsonBody message) {
    String words = message.text("text").or(() -> question(message)).orElse("");
    return new StoredMessage(
        id(message.text("id").orElse("")),
        raw(message),
        words.toLowerCase(Locale.ROOT).replace("\0", ""));
  }

  private static java.util.Optional<String> question(JsonBody message) {
    return message.object("question").flatMap(question -> question.text("question"));
  }

  private static String raw(JsonBody value) {
    String json = value.json();
    if (json.length() > LONGEST_MESSAGE) {
      throw RefusedException.badRequest("A message is too long.");
    }
    return json;
  }

  private static String id(String id) {
    if (id.isEmpty() || id.length() > LONGEST_ID || !id.matches("[\\w-]+")) {
      throw RefusedException.unreadable();
    }
    return id;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static String cut(String text) {
    String line = oneLine(text);
    return line.length() <= LONGEST_TITLE ? line : line.substring(0, LONGEST_TITLE);
  }
}
