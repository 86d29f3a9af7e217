package dev.handoff.systems.zoneinsights;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/// What one subject of a test came to: its zones and checkpoints, what they were made from, and
/// whether an AI made them.
public record SubjectInsight(
    Subject subject,
    Zones zones,
    Checkpoint.Pair checkpoints,
    MadeInsight made,
    Instant createdAt) {
  /// What it was made from, and by whom.
  public record MadeInsight(int questions, List<TopicAudit> topics, boolean byAi) {
    public MadeInsight {
      topics = List.copyOf(topics);
    }

    static MadeInsight from(SubjectSheet sheet, boolean byAi) {
      return new MadeInsight(
          sheet.answers().size(), sheet.topics().stream().map(TopicAudit::of).toList(), byAi);
    }
  }

  /// The numbers of a topic, as they were when the insight was made.
  public record TopicAudit(
      String topic,
      double accuracy,
      int total,
      int correct,
      @JsonProperty("average_time") long averageTime) {
    static TopicAudit of(TopicResult topic) {
      return new TopicAudit(
          topic.topic().name(),
          topic.accuracy(),
          topic.total(),
          topic.correct(),
          topic.averageSeconds());
    }
  }
}
