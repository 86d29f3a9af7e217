package dev.handoff.ai.provider;

import dev.handoff.ai.TokenListener;

/// The text of one answer as it comes in: passes what a person may see on to the listener, in whole
/// characters and without thoughts, and keeps it. Confined to one thread.
final class AnswerText {
  private final TokenListener onToken;
  private final OpenedThoughts opened;
  private final ThoughtFilter thoughts;
  private final WholeCharacters characters = new WholeCharacters();
  private final StringBuilder shown = new StringBuilder();

  AnswerText(TokenListener onToken, OpenedThoughts opened) {
    this.onToken = onToken;
    this.opened = opened;
    this.thoughts = new ThoughtFilter(opened.closing());
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
    String text = shown.toString();
    String answer = opened.answerIn(text);
    if (!answer.equals(text) && !onToken.equals(TokenListener.NONE)) {
      throw ProviderFailures.thoughtsShown();
    }
    return answer;
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
