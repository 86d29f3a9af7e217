package dev.handoff.systems.zoneinsights;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One student's test: what was chosen, how it went, and in the end how it was graded. The topics
/// are the names of the chosen ones, by the subject they are counted under.
public record Exam(
    long id,
    String student,
    Choice choice,
    Map<Subject, List<String>> topics,
    Course course,
    Score score,
    @Nullable String insightsTask) {
  public Exam {
    topics = Map.copyOf(topics);
  }

  public enum Status {
    OPEN,
    INCOMPLETE,
    COMPLETED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /// What the student asked for; the limit in minutes.
  public record Choice(String testType, List<Long> topics, int timeLimit, int questionCount) {
    public Choice {
      topics = List.copyOf(topics);
    }
  }

  public record Course(Status status, Instant startedAt, @Nullable Instant endedAt) {}

  /// How it was graded: counts of answers, whole seconds, and each subject's percent.
  public record Score(
      int correct, int incorrect, int unanswered, int seconds, Map<Subject, Double> subjects) {
    static final Score NONE = new Score(0, 0, 0, 0, Map.of());

    public Score {
      subjects = Map.copyOf(subjects);
    }
  }

  public boolean isCompleted() {
    return course.status() == Status.COMPLETED;
  }

  /// The subjects that insights are expected of, in their order.
  public List<Subject> expected() {
    return List.of(Subject.values()).stream()
        .filter(subject -> !topics.getOrDefault(subject, List.of()).isEmpty())
        .toList();
  }

  /// When its time is over.
  public Instant deadline() {
    return course.startedAt().plus(Duration.ofMinutes(choice.timeLimit()));
  }

  Optional<Instant> end() {
    return Optional.ofNullable(course.endedAt());
  }

  Optional<String> task() {
    return Optional.ofNullable(insightsTask);
  }
}
