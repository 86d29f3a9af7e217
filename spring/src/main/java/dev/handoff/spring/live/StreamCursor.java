package dev.handoff.spring.live;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// The position of a reader who follows all tasks, as an opaque word.
public final class StreamCursor {
  private static final Pattern FORM = Pattern.compile("t[0-9a-z]{1,9}");
  private static final int RADIX = 36;

  private StreamCursor() {}

  static String of(Instant upTo) {
    return "t" + Long.toString(Math.max(0, upTo.toEpochMilli()), RADIX);
  }

  /// Returns the time of a cursor; empty for a text that is no cursor.
  static Optional<Instant> parse(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(text.substring(1), RADIX)))
        : Optional.empty();
  }
}
