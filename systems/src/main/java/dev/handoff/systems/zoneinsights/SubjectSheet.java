package dev.handoff.systems.zoneinsights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The graded answers of one test in one subject: what insights are made from.
public record SubjectSheet(Subject subject, List<ExamAnswer> answers) {
  /// The most questions of a subject that are looked at for its zones.
  static final int ZONE_QUESTIONS = 45;

  /// The most wrong or skipped questions of a topic that are looked at for its checkpoints.
  public static final int MISSED_QUESTIONS = 20;

  public SubjectSheet {
    answers = List.copyOf(answers);
  }

  static SubjectSheet of(Subject subject, List<ExamAnswer> all) {
    return new SubjectSheet(subject, Grading.bySubject(all).getOrDefault(subject, List.of()));
  }

  public List<ExamAnswer> forZones() {
    return answers.subList(0, Math.min(answers.size(), ZONE_QUESTIONS));
  }

  public List<TopicResult> topics() {
    Map<Topic, List<ExamAnswer>> topics = new LinkedHashMap<>();
    for (ExamAnswer answer : answers) {
      topics.computeIfAbsent(answer.question().topic(), _ -> new ArrayList<>()).add(answer);
    }
    return topics.entrySet().stream()
        .map(entry -> new TopicResult(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// The topics of a zone: those with the most questions first, then those deepest in it.
  List<TopicResult> in(TopicResult.Zone zone) {
    return topics().stream()
        .filter(topic -> topic.zone() == zone)
        .sorted(
            Comparator.comparingInt(TopicResult::total)
                .thenComparingDouble(topic -> zone.depth(topic.accuracy()))
                .reversed())
        .toList();
  }

  /// The topics with wrong or skipped answers, the worst first.
  public List<TopicResult> missed() {
    return topics().stream()
        .filter(topic -> !topic.missed().isEmpty())
        .sorted(
            Comparator.comparingInt((TopicResult topic) -> -topic.missed().size())
                .thenComparingDouble(TopicResult::accuracy))
        .toList();
  }
}
