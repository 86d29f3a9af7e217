package dev.handoff.systems.trainingvideos.ai;

import dev.handoff.AttemptException;
import dev.handoff.systems.kit.ModelJson;
import dev.handoff.systems.trainingvideos.Analysis;
import dev.handoff.systems.trainingvideos.MaterialViews;
import dev.handoff.systems.trainingvideos.Step;
import dev.handoff.systems.trainingvideos.Step.Span;
import dev.handoff.systems.trainingvideos.VideoAuthor.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads a model's JSON and mends what can be: times like "1:05" are read, steps put in order and
/// into the video.
final class AnalysisReader {
  private static final double USUAL_LENGTH = 30;
  private static final int LONGEST_TRANSCRIPT = 100_000;
  private static final int LONGEST_DESCRIPTION = 2_000;
  private static final Pattern CLOCK =
      Pattern.compile("(?:(\\d{1,2}):)?(\\d{1,3}):(\\d{1,2}(?:\\.\\d+)?)");

  private AnalysisReader() {}

  /// What bounds an analysis: the length of the video in seconds, 0 for unknown, and the most
  /// steps.
  record Bounds(double seconds, int mostSteps) {}

  /// @throws AttemptException when it has no step that can be used
  static Analysis analysis(String answer, Bounds bounds) {
    JsonNode json = ModelJson.find(answer, AnalysisReader::hasSteps);
    List<FoundStep> found = new ArrayList<>();
    for (JsonNode step : json.path("steps")) {
      String title = text(step.path("title"), Step.LONGEST_TITLE);
      OptionalDouble at = seconds(step.path("timestamp"));
      if (!title.isEmpty() && at.isPresent() && isInside(at.getAsDouble(), bounds)) {
        double length = seconds(step.path("duration")).orElse(0);
        found.add(
            new FoundStep(
                at.getAsDouble(),
                length > 0 ? length : USUAL_LENGTH,
                new Wording(title, text(step.path("description"), Step.LONGEST_TEXT))));
      }
    }
    if (found.isEmpty()) {
      throw ModelJson.bad("The answer has no steps with title and timestamp");
    }
    found.sort(Comparator.comparingDouble(FoundStep::at));
    List<Step> steps = new ArrayList<>();
    for (FoundStep one : found.subList(0, Math.min(found.size(), bounds.mostSteps()))) {
      steps.add(one.step(steps.size() + 1, bounds));
    }
    return new Analysis(
        text(json.path("title"), Step.LONGEST_TITLE),
        text(json.path("description"), LONGEST_DESCRIPTION),
        text(json.path("transcript"), LONGEST_TRANSCRIPT),
        steps,
        true);
  }

  private static boolean hasSteps(JsonNode json) {
    return json.path("steps").isArray();
  }

  private record FoundStep(double at, double length, Wording wording) {
    Step step(int number, Bounds bounds) {
      double end = at + length;
      if (bounds.seconds() > 0) {
        end = Math.min(end, bounds.seconds());
      }
      Span span =
          new Span(
              MaterialViews.rounded(at),
              Math.max(MaterialViews.rounded(at), MaterialViews.rounded(end)));
      return Step.made(Step.idOf(number), span, wording.title(), wording.description());
    }
  }

  private static boolean isInside(double second, Bounds bounds) {
    return second >= 0 && second < (bounds.seconds() > 0 ? bounds.seconds() : 1e6);
  }

  /// The reworded steps in this answer.
  ///
  /// @throws AttemptException when they are not as many
  static List<Wording> wordings(String answer, List<Wording> before) {
    List<Wording> wordings = new ArrayList<>();
    for (JsonNode step : ModelJson.find(answer, AnalysisReader::hasSteps).path("steps")) {
      if (wordings.size() < before.size()) {
        Wording old = before.get(wordings.size());
        String title = text(step.path("title"), Step.LONGEST_TITLE);
        String description = text(step.path("description"), Step.LONGEST_TEXT);
        wordings.add(
            new Wording(
                title.isEmpty() ? old.title() : title,
                description.isEmpty() ? old.description() : description));
      } else {
        throw ModelJson.bad("The answer has more steps than were sent");
      }
    }
    if (wordings.size() != before.size()) {
      throw ModelJson.bad(
          "The answer has %d steps, %d were sent".formatted(wordings.size(), before.size()));
    }
    return wordings;
  }

  private static OptionalDouble seconds(JsonNode json) {
    if (json.isNumber()) {
      return finite(json.asDouble());
    }
    String text = json.asString("").strip();
    Matcher clock = CLOCK.matcher(text);
    if (clock.matches()) {
      double hours = clock.group(1) == null ? 0 : Double.parseDouble(clock.group(1));
      return OptionalDouble.of(
          hours * 3600
              + Double.parseDouble(clock.group(2)) * 60
              + Double.parseDouble(clock.group(3)));
    }
    String number = text.replaceAll("\\s*s(ec(onds?)?)?$", "");
    return number.matches("\\d{1,6}(\\.\\d{1,6})?")
        ? finite(Double.parseDouble(number))
        : OptionalDouble.empty();
  }

  private static OptionalDouble finite(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  static String text(JsonNode json, int longest) {
    String text = json.asString("").replaceAll("[\\p{Cntrl}&&[^\\n]]", " ").strip();
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }
}
