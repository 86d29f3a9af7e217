package dev.handoff.systems.zoneinsights;

import dev.handoff.systems.zoneinsights.TopicResult.Zone;
import java.util.ArrayList;
import java.util.List;

/// Zones computed from the answers alone, by accuracy: from 70 percent steady, from 50 on the edge,
/// below that to focus on. Every number in a sentence is one of the test's.
public final class ZoneRules {
  private ZoneRules() {}

  static Zones of(SubjectSheet sheet) {
    return new Zones(
        points(sheet, Zone.STEADY), points(sheet, Zone.EDGE), points(sheet, Zone.FOCUS));
  }

  public static List<String> points(SubjectSheet sheet, Zone zone) {
    List<TopicResult> topics = sheet.in(zone);
    if (topics.isEmpty()) {
      return List.of(
          sheet.subject().label() + ": not enough data in this test; complete more questions.",
          nothingIn(zone, sheet.subject().label()));
    }
    List<String> points = new ArrayList<>();
    points.add(first(topics.getFirst(), zone));
    points.add(topics.size() > 1 ? first(topics.get(1), zone) : second(topics.getFirst(), zone));
    return points;
  }

  private static String nothingIn(Zone zone, String subject) {
    return switch (zone) {
      case STEADY ->
          "No "
              + subject
              + " topic reached 70 percent here; one that does in your next test will be named in"
              + " this place.";
      case EDGE ->
          "No "
              + subject
              + " topic lay between 50 and 70 percent here, where some more practice"
              + " soon shows.";
      case FOCUS ->
          "No "
              + subject
              + " topic fell below 50 percent here; a longer test would show whether"
              + " that holds.";
    };
  }

  private static String first(TopicResult topic, Zone zone) {
    String name = topic.topic().name() + ": " + topic.numbers();
    return switch (zone) {
      case STEADY ->
          name + ". You are on firm ground; keep it with a few mixed questions each week.";
      case EDGE ->
          name + ". You know part of it; practise this topic until the answers come without doubt.";
      case FOCUS ->
          name + ". Go back to the basics of this topic first, then try these questions again.";
    };
  }

  private static String second(TopicResult topic, Zone zone) {
    String name = topic.topic().name();
    long seconds = topic.averageSeconds();
    return switch (zone) {
      case STEADY ->
          "You took %d s a question in %s with %d of %d right; try harder questions at the same pace."
              .formatted(seconds, name, topic.correct(), topic.total());
      case EDGE ->
          "In %s you got %d of %d at %d s each; write down the rule behind each miss before going on."
              .formatted(name, topic.correct(), topic.total(), seconds);
      case FOCUS ->
          "In %s %d of %d are still open at %d s each; solve one worked example a day, then check"
                  .formatted(name, topic.missed().size(), topic.total(), seconds)
              + " it aloud.";
    };
  }
}
