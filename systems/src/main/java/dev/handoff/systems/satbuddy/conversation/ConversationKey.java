package dev.handoff.systems.satbuddy.conversation;

import dev.handoff.spring.web.Caller;
import java.util.Optional;
import java.util.regex.Pattern;

/// A conversation of an owner. The page chooses the id, so only the pair is unique.
public record ConversationKey(String owner, String id) {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /// Empty where the id has not the form of one.
  public static Optional<ConversationKey> of(Caller caller, String id) {
    return UUID.matcher(id).matches()
        ? Optional.of(new ConversationKey(caller.owner(), id))
        : Optional.empty();
  }
}
