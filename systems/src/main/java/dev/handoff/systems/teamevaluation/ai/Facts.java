package dev.handoff.systems.teamevaluation.ai;

import dev.handoff.AttemptException;
import dev.handoff.systems.kit.ModelJson;
import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.teamevaluation.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What comments say, and nothing else: the first step of a summary. "Ok" praises nobody, so it is
/// no positive.
record Facts(List<String> positives, List<String> negatives, List<String> themes, String action) {
  private static final int MOST = 10;
  private static final int MOST_THEMES = 3;
  private static final int LONGEST = 300;
  private static final Set<String> NEUTRAL =
      Set.of(
          "ok", "oke", "oké", "okay", "okee", "okey", "prima ok", "was ok", "wel ok", "n.v.t", "");

  Facts {
    positives = List.copyOf(positives);
    negatives = List.copyOf(negatives);
    themes = List.copyOf(themes);
  }

  /// Whether there is nothing to write about.
  boolean isNothing() {
    return positives.isEmpty() && negatives.isEmpty();
  }

  /// As a model is told them.
  String json() {
    return RowValues.json(this);
  }

  /// The facts in a model's answer; what is too much is cut.
  ///
  /// @throws AttemptException when it is not the JSON that was asked for
  static Facts read(String answer) {
    JsonNode json = ModelJson.find(answer, Facts::isAsked);
    if (!isAsked(json)) {
      throw ModelJson.bad("The answer is not the JSON asked for");
    }
    return new Facts(
        texts(json.path("positives"), MOST).stream().filter(text -> !isNeutral(text)).toList(),
        texts(json.path("negatives"), MOST),
        texts(json.path("themes"), MOST_THEMES),
        text(json.path("action")));
  }

  private static boolean isAsked(JsonNode json) {
    return json.path("positives").isArray() && json.path("negatives").isArray();
  }

  private static boolean isNeutral(String text) {
    return NEUTRAL.contains(text.toLowerCase(Locale.ROOT).replaceAll("[.!]+$", "").strip());
  }

  private static List<String> texts(JsonNode list, int most) {
    List<String> texts = new ArrayList<>();
    for (JsonNode one : list) {
      String text = text(one);
      if (!text.isEmpty() && texts.size() < most) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static String text(JsonNode json) {
    String text = json.isString() ? json.stringValue().strip() : "";
    return Excerpt.of(text, LONGEST, "");
  }
}
