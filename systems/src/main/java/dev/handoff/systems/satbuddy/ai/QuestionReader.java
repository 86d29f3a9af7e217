package dev.handoff.systems.satbuddy.ai;

import dev.handoff.AttemptException;
import dev.handoff.systems.kit.ModelJson;
import dev.handoff.systems.satbuddy.PracticeQuestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Reads the question in an AI's answer.
final class QuestionReader {
  private static final List<String> FIELDS =
      List.of("question", "options", "correct_answer", "explanation");
  private static final int OPTIONS = 4;

  private QuestionReader() {}

  /// @throws AttemptException saying what is wrong with the answer
  static PracticeQuestion read(String answer) {
    JsonNode json = question(answer);
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

  private static JsonNode question(String answer) {
    try {
      JsonNode json = ModelJson.find(answer, QuestionReader::isWhole);
      if (json.isObject()) {
        return json;
      }
    } catch (AttemptException unreadable) {
      String why = unreadable.message().replaceFirst(".*: ", "");
      throw ModelJson.bad("Failed to parse AI response as JSON: " + why).causedBy(unreadable);
    }
    throw ModelJson.bad("Failed to parse AI response as JSON: it is not an object");
  }

  private static boolean isWhole(JsonNode json) {
    return json.isObject() && FIELDS.stream().allMatch(field -> isThere(json.path(field), field));
  }

  private static String shortened(String text) {
    return text.length() <= 50 ? text : text.substring(0, 50) + "…";
  }
}
