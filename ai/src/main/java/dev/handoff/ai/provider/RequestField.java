package dev.handoff.ai.provider;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The optional fields of our requests, which not every compatible server knows. A request without
/// them is understood by all.
enum RequestField {
  RESPONSE_FORMAT(
      "response_?format|json_object|json_schema|verbose_json|json[ _-]?mode"
          + "|(?:structured|json) outputs?|response_mime_?type"),
  TIMESTAMP_GRANULARITIES("timestamp_granularities"),
  STREAM_OPTIONS("stream_?options|include_usage"),
  MAX_TOKENS("max_tokens"),
  MAX_COMPLETION_TOKENS("max_completion_tokens"),
  TEMPERATURE(ordinaryWord("temperature")),
  STREAM(ordinaryWord("stream(?:ing)?"));

  /// A value that is too large says nothing about the field.
  private static final Pattern TOO_MUCH =
      Pattern.compile(
          "too (?:large|high|long|many)|exceed|maximum|at most|less than|context length",
          Pattern.CASE_INSENSITIVE);

  private final Pattern names;

  RequestField(String names) {
    this.names =
        Pattern.compile("(?<![a-z0-9_])(?:" + names + ")(?![a-z0-9_])", Pattern.CASE_INSENSITIVE);
  }

  // Such a word counts only in quotes or beside the word for its fault: texts speak of it as well.
  private static String ordinaryWord(String word) {
    String quoted = "(?<=[\"'`])(?:%1$s)(?=[\"'`])";
    String afterFault =
        "(?:un[a-z]+|extra|invalid|not|illegal|forbidden|deprecated):? [^.\\n]{0,60}\\b(?:%1$s)";
    String beforeFault =
        "(?:%1$s)\\b[^\\n]{0,60}[ :](?:not|only|un[a-z]+|extra|must|should|invalid|deprecated)\\b";
    return String.join("|", quoted, afterFault, beforeFault).formatted(word);
  }

  /// Those that a provider's refusal names.
  static Set<RequestField> namedIn(String refusal) {
    return Stream.of(values())
        .filter(field -> field.names.matcher(refusal).find())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Whether a refusal is about one of the fields, and not about the size of what was sent.
  static boolean isNamedIn(String refusal) {
    return !TOO_MUCH.matcher(refusal).find() && !namedIn(refusal).isEmpty();
  }

  /// Whether a refusal that names this field holds for every request, and not only for this one's
  /// value.
  boolean isRefusedForGood(String refusal) {
    boolean bounded = this == MAX_TOKENS || this == MAX_COMPLETION_TOKENS;
    return !bounded || !TOO_MUCH.matcher(refusal).find();
  }
}
