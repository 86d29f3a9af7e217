package dev.handoff.systems.zoneinsights.ai;

import dev.handoff.AttemptException;
import dev.handoff.systems.kit.ModelJson;
import dev.handoff.systems.zoneinsights.Checkpoint;
import dev.handoff.systems.zoneinsights.CheckpointRules;
import dev.handoff.systems.zoneinsights.ExamAnswer;
import dev.handoff.systems.zoneinsights.Grading;
import dev.handoff.systems.zoneinsights.SubjectSheet;
import dev.handoff.systems.zoneinsights.TopicResult;
import dev.handoff.systems.zoneinsights.TopicResult.Zone;
import dev.handoff.systems.zoneinsights.WordLimit;
import dev.handoff.systems.zoneinsights.ZoneRules;
import dev.handoff.systems.zoneinsights.Zones;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads a model's JSON and mends what can be: markdown and blank lines are taken off, what is too
/// much is cut, what is too little is filled from the answers themselves.
final class InsightReader {
  private static final int LONGEST = 400;
  private static final Pattern MARKDOWN = Pattern.compile("\\*\\*|__|`+|^[\\s#>-]+");

  private InsightReader() {}

  /// @throws AttemptException when there is none of them
  static Zones zones(String answer, SubjectSheet sheet) {
    JsonNode json = ModelJson.find(answer, InsightReader::hasZones);
    List<String> steady = points(json.path("steady_zone"));
    List<String> edge = points(json.path("edge_zone"));
    List<String> focus = points(json.path("focus_zone"));
    if (steady.isEmpty() && edge.isEmpty() && focus.isEmpty()) {
      throw ModelJson.bad("The answer has none of steady_zone, edge_zone and focus_zone");
    }
    return new Zones(
        filled(steady, sheet, Zone.STEADY),
        filled(edge, sheet, Zone.EDGE),
        filled(focus, sheet, Zone.FOCUS));
  }

  private static boolean hasZones(JsonNode json) {
    return json.has("steady_zone") || json.has("edge_zone") || json.has("focus_zone");
  }

  private static boolean hasCheckpoints(JsonNode json) {
    return json.path("checkpoints").isArray() || json.path(0).has("checklist");
  }

  private static List<String> points(JsonNode zone) {
    List<String> points = new ArrayList<>();
    for (JsonNode point : zone.isString() ? List.of(zone) : zone) {
      clean(point)
          .filter(_ -> points.size() < Zones.POINTS)
          .map(WordLimit.POINT::cut)
          .ifPresent(points::add);
    }
    return points;
  }

  private static List<String> filled(List<String> points, SubjectSheet sheet, Zone zone) {
    List<String> filled = new ArrayList<>(points);
    ZoneRules.points(sheet, zone).stream().limit(Zones.POINTS - points.size()).forEach(filled::add);
    return filled;
  }

  /// @throws AttemptException when there is none that can be used
  static Checkpoint.Pair checkpoints(String answer, SubjectSheet sheet) {
    JsonNode json = ModelJson.find(answer, InsightReader::hasCheckpoints);
    List<Checkpoint> found = new ArrayList<>();
    for (JsonNode one : json.isArray() ? json : json.path("checkpoints")) {
      if (found.size() < Checkpoint.COUNT) {
        checkpoint(one, sheet).ifPresent(found::add);
      }
    }
    if (found.isEmpty()) {
      throw ModelJson.bad("The answer has no checkpoint with topic, checklist and action_plan");
    }
    CheckpointRules.of(sheet).both().stream()
        .limit(Checkpoint.COUNT - found.size())
        .forEach(found::add);
    return new Checkpoint.Pair(found);
  }

  // The test knows its own accuracies better than any model.
  private static Optional<Checkpoint> checkpoint(JsonNode json, SubjectSheet sheet) {
    Optional<String> problem = clean(json.path("checklist"));
    Optional<String> plan = clean(json.path("action_plan"));
    Optional<String> topic = clean(json.path("topic"));
    if (problem.isEmpty() || plan.isEmpty() || topic.isEmpty()) {
      return Optional.empty();
    }
    Optional<TopicResult> known =
        sheet.topics().stream()
            .filter(result -> result.topic().name().equalsIgnoreCase(topic.get()))
            .findFirst();
    String subject = sheet.subject().label();
    List<Integer> cited = citation(json.path("citation"), sheet);
    if (cited.isEmpty()) {
      cited = known.map(result -> CheckpointRules.numbers(telling(result))).orElse(List.of());
    }
    return Optional.of(
        new Checkpoint(
            known.map(result -> result.topic().name()).orElse(topic.get()),
            subject,
            clean(json.path("subtopic")).orElse(subject),
            known.map(TopicResult::accuracy).orElseGet(() -> accuracy(json.path("accuracy"))),
            WordLimit.CHECKPOINT.cut(problem.get()),
            WordLimit.CHECKPOINT.cut(plan.get()),
            cited));
  }

  private static List<ExamAnswer> telling(TopicResult topic) {
    return topic.missed().isEmpty() ? topic.answers() : topic.missed();
  }

  private static double accuracy(JsonNode json) {
    double value = json.isNumber() ? json.asDouble() : 0.5;
    return Grading.rounded(Math.clamp(value > 1 ? value / 100 : value, 0, 1));
  }

  private static List<Integer> citation(JsonNode json, SubjectSheet sheet) {
    List<Integer> there = sheet.answers().stream().map(ExamAnswer::number).toList();
    List<Integer> cited = new ArrayList<>();
    for (JsonNode number : json) {
      int cites = number.asInt(0);
      if (there.contains(cites) && !cited.contains(cites) && cited.size() < Checkpoint.CITED) {
        cited.add(cites);
      }
    }
    return cited;
  }

  private static Optional<String> clean(JsonNode json) {
    if (!json.isString()) {
      return Optional.empty();
    }
    String text =
        MARKDOWN.matcher(json.stringValue()).replaceAll("").replaceAll("\\s+", " ").strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…");
  }
}
