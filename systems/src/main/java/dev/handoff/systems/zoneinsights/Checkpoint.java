package dev.handoff.systems.zoneinsights;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// A problem and its remedy: what went wrong, how to mend it, and the numbers of the questions that
/// show it. Accuracy is 0 to 1.
public record Checkpoint(
    String topic,
    String subject,
    String subtopic,
    double accuracy,
    String checklist,
    @JsonProperty("action_plan") String actionPlan,
    List<Integer> citation) {
  public static final int COUNT = 2;

  public static final int CITED = 5;

  public Checkpoint {
    citation = List.copyOf(citation);
  }

  /// As a step remembers them.
  public record Pair(List<Checkpoint> both) {
    public Pair {
      if (both.size() != COUNT) {
        throw new IllegalArgumentException("a subject has two checkpoints, had " + both.size());
      }
      both = List.copyOf(both);
    }
  }
}
