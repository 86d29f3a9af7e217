package dev.handoff.systems.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The JSON in what a model wrote: among words, in a fence, behind thoughts, wrapped in other JSON;
/// with trailing commas, line breaks in texts, and the backslashes of formulas as they are. Drafts
/// among the thoughts are not looked at, and of several values the last counts.
record JsonInText(List<JsonNode> values) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private static final String THOUGHT_TAGS =
      "think|thinking|thoughts?|reasoning|reflection|scratchpad|analysis|antthinking|seed:think";
  private static final Pattern THOUGHTS =
      Pattern.compile(
          "[<\\[◁](?:"
              + THOUGHT_TAGS
              + ")(?:\\s[^<>]{0,60})?[>\\]▷]"
              + "|<\\|channel\\|>analysis<\\|message\\|>",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern THOUGHTS_END =
      Pattern.compile(
          "[<\\[◁]/(?:" + THOUGHT_TAGS + ")\\s*[>\\]▷]|<\\|end\\|>", Pattern.CASE_INSENSITIVE);

  /// How often a text may be read over in search of ends, so that one full of braces costs no more
  /// than a moment.
  private static final int MOST_READINGS = 50;

  private static final int FEW = 10_000;

  private static final int DEPTH = 6;

  JsonInText {
    values = List.copyOf(values);
  }

  /// The objects and lists in this text.
  static JsonInText of(String text) {
    List<JsonNode> values = new ArrayList<>();
    Thoughts thoughts = Thoughts.in(text);
    int at = 0;
    long left = (long) MOST_READINGS * Math.max(FEW, text.length());
    while (at < text.length() && left > 0) {
      int behind = thoughts.end(at);
      char c = text.charAt(at);
      if (behind > at) {
        if (thoughts.endHere(at)) {
          // They began before the answer did, so these were drafts.
          values.clear();
        }
        at = behind;
      } else if (c == '{' || c == '[') {
        int end = JsonEnd.of(text, at);
        left -= (end < 0 ? text.length() : end) - at;
        Optional<JsonNode> value = end < 0 ? Optional.empty() : read(text.substring(at, end));
        value.ifPresent(values::add);
        at = value.isPresent() ? end : at + 1;
      } else {
        at++;
      }
    }
    return new JsonInText(values);
  }

  /// Where a text has thoughts: those that never end hide nothing.
  private record Thoughts(String text, Matcher begin, Matcher end, int last) {
    static Thoughts in(String text) {
      Matcher end = THOUGHTS_END.matcher(text);
      int last = -1;
      while (end.find()) {
        last = end.start();
      }
      return new Thoughts(text, THOUGHTS.matcher(text), end, last);
    }

    /// The place behind the thoughts, or the end of thoughts, at this place; the place itself when
    /// there are none.
    int end(int at) {
      if (endHere(at)) {
        return end.end();
      }
      boolean begins = at < last && begin.region(at, text.length()).lookingAt();
      return begins && end.reset().find(at) ? end.end() : at;
    }

    boolean endHere(int at) {
      return at <= last && end.region(at, text.length()).lookingAt();
    }
  }

  private static Optional<JsonNode> read(String json) {
    try {
      return Optional.of(parse(json));
    } catch (JacksonException broken) {
      return Optional.empty();
    }
  }

  /// Reads a text that is JSON and nothing else.
  ///
  /// @throws JacksonException when it is not
  static JsonNode parse(String json) {
    return MAPPER.readTree(LatexEscapes.kept(json));
  }

  /// The value with the expected fields: the last one, or the first of them within another value.
  Optional<JsonNode> find(Predicate<JsonNode> expected) {
    for (JsonNode value : values.reversed()) {
      @Nullable JsonNode found = within(value, expected, DEPTH);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private static @Nullable JsonNode within(
      JsonNode value, Predicate<JsonNode> expected, int depth) {
    if (expected.test(value)) {
      return value;
    }
    if (depth == 0) {
      return null;
    }
    return inner(value)
        .map(one -> within(one, expected, depth - 1))
        .filter(found -> found != null)
        .findFirst()
        .orElse(null);
  }

  // JSON in a text of JSON is JSON as well.
  private static Stream<JsonNode> inner(JsonNode value) {
    if (value.isString() && value.stringValue().indexOf('{') >= 0) {
      return of(value.stringValue()).values().stream();
    }
    return value.isContainer() ? value.valueStream() : Stream.empty();
  }
}
