package dev.handoff.systems.trainingvideos.web;

import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.trainingvideos.Step;
import dev.handoff.systems.trainingvideos.Step.Extras;
import dev.handoff.systems.trainingvideos.Step.Span;
import dev.handoff.systems.trainingvideos.StepEditor;
import dev.handoff.systems.trainingvideos.StepEditor.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads what trainers send about steps. Both forms of a step are taken: `start` and `end`, and
/// `timestamp` and `duration`.
final class StepRequests {
  static final String BAD_STEPS = "Invalid steps data";

  private static final double USUAL_LENGTH = 30;
  private static final int LONGEST_ID = 100;
  private static final int MOST_ALIASES = 20;
  private static final int LONGEST_ALIAS = 100;

  private StepRequests() {}

  /// @throws RefusedException when it is none
  static Edit edit(JsonBody body) {
    return orRefuse(
        StepEditor.BAD_DATA,
        () -> {
          String action = body.text("action").orElse("");
          return switch (action) {
            case "" -> new Edit.Replace(steps(body, false));
            case "add" -> new Edit.Add(atLeastOne(steps(body, true)), index(body));
            case "update" ->
                new Edit.Update(atLeastOne(steps(body, false)).getFirst(), required(index(body)));
            case "delete" -> new Edit.Delete(required(index(body)));
            case "reorder" -> new Edit.Reorder(ids(body));
            default -> throw RefusedException.badRequest(StepEditor.BAD_DATA);
          };
        });
  }

  /// All steps in this body.
  ///
  /// @throws RefusedException when there are none
  static Edit replacement(JsonBody body) {
    return orRefuse(BAD_STEPS, () -> new Edit.Replace(steps(body, false)));
  }

  private static Edit orRefuse(String words, Supplier<Edit> read) {
    try {
      return read.get();
    } catch (RefusedException refused) {
      throw refused.words().equals(StepEditor.BAD_INDEX)
          ? refused
          : RefusedException.badRequest(words);
    } catch (IllegalArgumentException outOfBounds) {
      throw RefusedException.badRequest(words);
    }
  }

  private static Optional<Integer> index(JsonBody body) {
    return body.whole("stepIndex")
        .map(index -> index < 0 || index > Integer.MAX_VALUE ? -1 : index.intValue());
  }

  private static int required(Optional<Integer> index) {
    return index.orElseThrow(() -> RefusedException.badRequest(StepEditor.BAD_INDEX));
  }

  private static List<Step> atLeastOne(List<Step> steps) {
    if (steps.isEmpty()) {
      throw RefusedException.badRequest(StepEditor.BAD_DATA);
    }
    return steps;
  }

  private static List<String> ids(JsonBody body) {
    return body.objects("steps").stream()
        .map(step -> step.text("id").orElseThrow(IllegalArgumentException::new))
        .toList();
  }

  private static List<Step> steps(JsonBody body, boolean manual) {
    if (!body.has("steps")) {
      throw RefusedException.badRequest(BAD_STEPS);
    }
    List<Step> steps = new ArrayList<>();
    for (JsonBody step : body.objects("steps")) {
      steps.add(step(step, manual));
    }
    return List.copyOf(steps);
  }

  /// One step, as it is shown.
  ///
  /// @throws IllegalArgumentException when a value is out of its bounds
  static Step step(JsonBody body, boolean manual) {
    double start = body.decimal("start").or(() -> body.decimal("timestamp")).orElse(0.0);
    double end =
        body.decimal("end")
            .orElseGet(() ->
                start + body.decimal("duration").filter(length -> length > 0).orElse(USUAL_LENGTH));
    List<String> aliases = body.texts("aliases");
    if (aliases.size() > MOST_ALIASES) {
      throw new IllegalArgumentException("too many aliases");
    }
    aliases.forEach(alias -> bounded(alias, LONGEST_ALIAS));
    return new Step(
        bounded(body.text("id").orElse(""), LONGEST_ID),
        new Span(start, end),
        bounded(
            body.text("title")
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElseThrow(IllegalArgumentException::new),
            Step.LONGEST_TITLE),
        bounded(body.text("description").orElse(""), Step.LONGEST_TEXT),
        new Extras(aliases, bounded(body.text("notes").orElse(""), Step.LONGEST_TEXT)),
        body.flag("isManual").orElse(manual));
  }

  private static String bounded(String text, int longest) {
    if (text.length() > longest || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a text is too long");
    }
    return text;
  }
}
