package dev.handoff.systems.satbuddy.conversation;

import java.util.Locale;

/// Which of an owner's conversations are listed.
///
/// @param words in the title or in a message; blank for all
/// @param before those changed before this time, in milliseconds since 1970
public record ConversationSearch(String words, long before) {
  /// The words as a pattern for `like`, with `!` before what would mean something else.
  String pattern() {
    return "%"
        + words.strip().toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1").replace("\0", "")
        + "%";
  }
}
