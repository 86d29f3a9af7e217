package dev.handoff.spring.live;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where one who follows all tasks goes on, as it is given out: a word that means nothing to its
/// holder.
public final class StreamCursor {
  private static final Pattern FORM = Pattern.compile("t[0-9a-z]{1,9}");
  private static final int RADIX = 36;

  private StreamCursor() {}

  static String of(Instant upTo) {
    return "t" + Long.toString(Math.max(0, upTo.toEpochMilli()), RADIX);
  }

  /// The time in it; nothing when it is not one of ours.
  static Optional<Instant> parse(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(text.substring(1), RADIX)))
        : Optional.empty();
  }
}
