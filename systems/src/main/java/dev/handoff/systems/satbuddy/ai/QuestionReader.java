package dev.handoff.systems.satbuddy.ai;

import dev.handoff.AttemptException;
import dev.handoff.systems.kit.ModelJson;
import dev.handoff.systems.satbuddy.PracticeQuestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the question in an AI's answer, which is JSON more or less: fenced, with trailing commas,
/// with the backslashes of formulas.
final class QuestionReader {
  private static final List<String> FIELDS =
      List.of("question", "options", "correct_answer", "explanation");
  private static final int OPTIONS = 4;

  private static final Pattern BACKSLASH = Pattern.compile("\\\\([\"\\\\/bfnrtu])|\\\\");

  private QuestionReader() {}

  /// @throws AttemptException saying what is wrong with the answer
  static PracticeQuestion read(String answer) {
    ObjectNode json = parse(ModelJson.unfenced(answer).strip());
    List<String> missing =
        FIELDS.stream().filter(field -> !isThere(json.path(field), field)).toList();
    if (!missing.isEmpty()) {
      List<String> quoted = missing.stream().map(field -> "'" + field + "'").toList();
      throw ModelJson.bad("Generated question missing required fields: " + quoted);
    }
    Map<String, String> options = options(json.path("options"));
    if (options.size() != OPTIONS) {
      throw ModelJson.bad("Expected 4 options, got " + options.size());
    }
    String correct = json.path("correct_answer").asString("").strip();
    if (!options.containsKey(correct)) {
      throw ModelJson.bad("Correct answer '" + shortened(correct) + "' not in options");
    }
    return new PracticeQuestion(
        json.path("question").asString(""),
        options,
        correct,
        json.path("explanation").asString(""));
  }

  private static boolean isThere(JsonNode value, String field) {
    return field.equals("options")
        ? value.isObject()
        : value.isValueNode() && !value.isNull() && !value.asString("").isBlank();
  }

  private static Map<String, String> options(JsonNode object) {
    Map<String, String> options = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> option : object.properties()) {
      options.put(option.getKey(), option.getValue().asString(""));
    }
    return options;
  }

  private static ObjectNode parse(String text) {
    try {
      return object(text);
    } catch (JacksonException broken) {
      return parseFormulas(text, broken);
    }
  }

  // \( of a formula is no escape that JSON knows; such backslashes were meant as they are.
  private static ObjectNode parseFormulas(String text, JacksonException before) {
    String doubled = BACKSLASH.matcher(text).replaceAll(QuestionReader::keptOrDoubled);
    if (doubled.equals(text)) {
      throw unreadable(before);
    }
    try {
      return object(doubled);
    } catch (JacksonException broken) {
      throw unreadable(broken);
    }
  }

  private static String keptOrDoubled(MatchResult found) {
    return Matcher.quoteReplacement(found.group(1) == null ? "\\\\" : found.group());
  }

  private static ObjectNode object(String text) {
    if (ModelJson.read(text) instanceof ObjectNode object) {
      return object;
    }
    throw ModelJson.bad("Failed to parse AI response as JSON: it is not an object");
  }

  private static AttemptException unreadable(JacksonException broken) {
    TokenStreamLocation at = broken.getLocation();
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return ModelJson.bad("Failed to parse AI response as JSON: unexpected text" + where)
        .causedBy(broken);
  }

  private static String shortened(String text) {
    return text.length() <= 50 ? text : text.substring(0, 50) + "…";
  }
}
