package dev.handoff.ai.provider;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether a server's template opens a model's thoughts, so that an answer begins within them and
/// only their end is sent. Learned from the first such answer, and kept: a later answer of this
/// model is shown from there on. Safe for use by many threads.
final class OpenedThoughts {
  /// The end of thoughts, on a line of its own or at the end of one. A tag in quotes is spoken of.
  private static final Pattern END =
      Pattern.compile(
          "(?im)(?:^[ \\t]*(</(?:think|thinking|thought|reasoning)>)"
              + "|(?<![`'\"(])(</(?:think|thinking|thought|reasoning)>)[ \\t]*$)\\s*");

  private static final Pattern OPENING =
      Pattern.compile("<(?:think|thinking|thought|reasoning)>", Pattern.CASE_INSENSITIVE);

  private final AtomicReference<@Nullable String> closing = new AtomicReference<>();

  /// The tag for which an answer has to wait, if its thoughts are known to be opened.
  @Nullable String closing() {
    return closing.get();
  }

  /// What follows the thoughts in this text; the text itself when it does not begin with any.
  String answerIn(String text) {
    Matcher end = END.matcher(text);
    if (!end.find() || OPENING.matcher(text.substring(0, end.start())).find()) {
      return text;
    }
    String tag = end.group(1) == null ? end.group(2) : end.group(1);
    closing.set(tag.toLowerCase(Locale.ROOT));
    return text.substring(end.end());
  }
}
