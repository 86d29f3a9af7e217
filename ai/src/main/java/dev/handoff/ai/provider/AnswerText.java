package dev.handoff.ai.provider;

import dev.handoff.ai.TokenListener;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of one answer as it comes in: passes what a person may see on to the listener, in whole
/// characters and without thoughts, and keeps it. Confined to one thread.
final class AnswerText {
  /// The end of thoughts that began before the answer, in the provider's own template.
  private static final Pattern THOUGHTS_END =
      Pattern.compile("(?m)^[ \\t]*</think(?:ing)?>[ \\t]*$\\s*");

  private final TokenListener onToken;
  private final ThoughtFilter thoughts = new ThoughtFilter();
  private final WholeCharacters characters = new WholeCharacters();
  private final StringBuilder shown = new StringBuilder();

  AnswerText(TokenListener onToken) {
    this.onToken = onToken;
  }

  /// Takes the next piece of what the provider sent; it may be empty.
  void add(String piece) {
    show(characters.next(thoughts.next(piece)));
  }

  /// Whether the listener heard anything.
  boolean hasBegun() {
    return !shown.isEmpty();
  }

  /// The whole text, when no more comes. Equal to what the listener heard, if there is one.
  String end(StopReason reason) {
    show(characters.next(thoughts.rest(reason)) + characters.rest());
    return onToken.equals(TokenListener.NONE)
        ? withoutOpenThoughts(shown.toString())
        : shown.toString();
  }

  private void show(String text) {
    if (!text.isEmpty()) {
      shown.append(text);
      try {
        onToken.onToken(text);
      } catch (RuntimeException failure) {
        throw new ListenerException(failure);
      }
    }
  }

  // A stream cannot be judged by what comes later; its listener has heard them already.
  private static String withoutOpenThoughts(String text) {
    Matcher end = THOUGHTS_END.matcher(text);
    boolean found = end.find() && !text.substring(0, end.start()).contains("<think");
    return found ? text.substring(end.end()) : text;
  }

  /// Carries what a listener threw past the sorting of the provider's failures.
  static final class ListenerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException thrown;

    ListenerException(RuntimeException thrown) {
      super(thrown);
      this.thrown = thrown;
    }

    RuntimeException thrown() {
      return thrown;
    }
  }
}
