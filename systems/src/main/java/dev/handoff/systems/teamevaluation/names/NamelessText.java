package dev.handoff.systems.teamevaluation.names;

import java.util.regex.Pattern;

/// A text that went through an [Anonymiser]: nothing else makes one. What pupils wrote leaves this
/// system only as such. Immutable.
public final class NamelessText {
  private static final Pattern SAYS_SOMETHING = Pattern.compile("[\\p{L}\\p{N}]");

  private final String text;

  NamelessText(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /// Whether there is more in it than what was taken out.
  public boolean saysSomething() {
    return SAYS_SOMETHING.matcher(text.replace(Anonymiser.HIDDEN, "")).find();
  }

  @Override
  public String toString() {
    return text;
  }
}
