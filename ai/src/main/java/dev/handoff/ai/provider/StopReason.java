package dev.handoff.ai.provider;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a provider's word for the end of an answer means.
enum StopReason {
  /// No end yet: no word, or one that means nothing.
  NONE,
  /// The answer is complete. Words that are not known mean this as well.
  WHOLE,
  /// The model reached its limit before the answer was complete.
  CUT,
  /// The provider's filter stopped the answer.
  FILTERED,
  /// The answer ended because something went wrong.
  BROKEN;

  private static final Set<String> NOTHING =
      Set.of("", "null", "none", "nil", "undefined", "unknown", "false", "n/a");
  private static final Pattern CUTS =
      Pattern.compile("length|max_?(?:output_?)?tokens?|token_limit|context_window_exceeded");
  private static final Pattern FILTERS =
      Pattern.compile(
          "filter|safety|recitation|blocklist|prohibited|spii|sensitive|refusal|guardrail");
  private static final Pattern ERRORS =
      Pattern.compile(
          "error|fail|abort|cancel|interrupt|timeout|timed_out|malformed|insufficient|overload"
              + "|unavailable|incomplete|rate_limit|exception");

  static StopReason of(String word) {
    String plain = word.strip().toLowerCase(Locale.ROOT);
    if (NOTHING.contains(plain) || plain.endsWith("unspecified")) {
      return NONE;
    }
    // Errors first: a "length_error" is no answer.
    if (ERRORS.matcher(plain).find()) {
      return BROKEN;
    }
    if (CUTS.matcher(plain).find()) {
      return CUT;
    }
    return FILTERS.matcher(plain).find() ? FILTERED : WHOLE;
  }
}
