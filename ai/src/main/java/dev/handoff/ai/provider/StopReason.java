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
      Set.of("", "null", "none", "nil", "undefined", "unknown", "false", "n/a", "nan", "-", "0");
  private static final Pattern UNDER_WAY =
      Pattern.compile(
          "(?:in_?progress|pending|running|generating|processing|streaming|continue|not_?finished)");
  private static final Pattern CUTS =
      Pattern.compile("length|max.{0,20}tokens?|max_?output|limit|budget|truncat|context_window");
  private static final Pattern FILTERS =
      Pattern.compile(
          "filter|safety|recitation|blocklist|prohibited|spii|sensitive|refusal|guardrail");
  private static final Pattern ERRORS =
      Pattern.compile(
          "error|fail|abort|cancel|interrupt|time_?out|timed_?out|malformed|insufficient|overload"
              + "|unavailable|incomplete|rate_?limit|exception|quota|disconnect|connection|network"
              + "|kill|crash|panic|evict|preempt|shut_?down|out_of_memory|oom|unload|expired");

  /// The graver of two words for one answer: a server may write another one after the true one.
  StopReason or(StopReason other) {
    return compareTo(other) < 0 ? other : this;
  }

  static StopReason of(String word) {
    String plain = word.strip().toLowerCase(Locale.ROOT);
    if (NOTHING.contains(plain)
        || plain.endsWith("unspecified")
        || UNDER_WAY.matcher(plain).matches()) {
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
