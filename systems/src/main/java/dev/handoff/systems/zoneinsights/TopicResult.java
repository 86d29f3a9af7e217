package dev.handoff.systems.zoneinsights;

import java.util.List;
import java.util.Locale;

/// How one topic went in one test.
public record TopicResult(Topic topic, List<ExamAnswer> answers) {
  public TopicResult {
    answers = List.copyOf(answers);
  }

  public enum Zone {
    STEADY(0.70, 1),
    EDGE(0.50, 0.70),
    FOCUS(0, 0.50);

    private final double from;
    private final double to;

    Zone(double from, double to) {
      this.from = from;
      this.to = to;
    }

    static Zone of(double accuracy) {
      return accuracy >= STEADY.from ? STEADY : accuracy >= EDGE.from ? EDGE : FOCUS;
    }

    /// How far an accuracy is from where the next zone begins.
    double depth(double accuracy) {
      return switch (this) {
        case STEADY -> accuracy - from;
        case EDGE -> Math.min(accuracy - from, to - accuracy);
        case FOCUS -> to - accuracy;
      };
    }
  }

  public int total() {
    return answers.size();
  }

  int correct() {
    return (int) answers.stream().filter(ExamAnswer::isRight).count();
  }

  /// Of all its questions, those left out included; 0 to 1, two decimals.
  public double accuracy() {
    return total() == 0 ? 0 : Grading.rounded((double) correct() / total());
  }

  public long averageSeconds() {
    return Math.round(answers.stream().mapToInt(a -> a.given().seconds()).average().orElse(0));
  }

  Zone zone() {
    return Zone.of(accuracy());
  }

  public List<ExamAnswer> missed() {
    return answers.stream().filter(answer -> !answer.isRight()).toList();
  }

  /// Its numbers, for a sentence: "3 of 4 right, 25 s a question".
  String numbers() {
    return String.format(
        Locale.ROOT, "%d of %d right, %d s a question", correct(), total(), averageSeconds());
  }
}
