package dev.handoff.systems.zoneinsights;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The rules by which tests are graded: four marks for a right answer, one off for a wrong one,
/// none for none.
public final class Grading {
  static final int RIGHT = 4;
  static final int WRONG = -1;

  private static final double TOLERANCE = 0.01;
  // Two decimals in binary are not exact.
  private static final double ROUNDING = 1e-9;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?");

  private Grading() {}

  /// Whether an answer is right; nothing for none.
  static Optional<Boolean> isRight(Question question, String answer) {
    if (answer.isBlank()) {
      return Optional.empty();
    }
    String right = question.solution().answer().strip();
    if (question.kind() == Question.Kind.MCQ) {
      return Optional.of(answer.equals(right));
    }
    boolean numbers = NUMBER.matcher(answer).matches() && NUMBER.matcher(right).matches();
    return Optional.of(
        numbers
            ? Math.abs(Double.parseDouble(answer) - Double.parseDouble(right))
                <= TOLERANCE + ROUNDING
            : answer.equalsIgnoreCase(right));
  }

  public record Counts(int correct, int incorrect, int unanswered) {
    public int total() {
      return correct + incorrect + unanswered;
    }

    public int marks() {
      return correct * RIGHT + incorrect * WRONG;
    }

    public int most() {
      return total() * RIGHT;
    }

    /// Of all questions, rounded to two decimals.
    public double percentCorrect() {
      return total() == 0 ? 0 : rounded(100.0 * correct / total());
    }

    /// Marks of the most possible, never below zero.
    public double score() {
      return most() == 0 ? 0 : Math.max(0, rounded(100.0 * marks() / most()));
    }
  }

  public static Counts count(List<ExamAnswer> answers) {
    int correct = (int) answers.stream().filter(ExamAnswer::isRight).count();
    int incorrect = (int) answers.stream().filter(ExamAnswer::isWrong).count();
    return new Counts(correct, incorrect, answers.size() - correct - incorrect);
  }

  /// The answers by the subject they are counted under; those of other subjects are left out.
  public static Map<Subject, List<ExamAnswer>> bySubject(List<ExamAnswer> answers) {
    Map<Subject, List<ExamAnswer>> subjects = new EnumMap<>(Subject.class);
    for (ExamAnswer answer : answers) {
      answer
          .question()
          .topic()
          .counted()
          .ifPresent(
              subject -> subjects.computeIfAbsent(subject, _ -> new ArrayList<>()).add(answer));
    }
    return subjects;
  }

  static Exam.Score score(List<ExamAnswer> graded, int seconds) {
    Counts counts = count(graded);
    Map<Subject, Double> subjects = new EnumMap<>(Subject.class);
    bySubject(graded).forEach((subject, own) -> subjects.put(subject, count(own).score()));
    return new Exam.Score(
        counts.correct(), counts.incorrect(), counts.unanswered(), seconds, subjects);
  }

  /// When a client says that a test began and ended.
  public record ClientTimes(Optional<Instant> start, Optional<Instant> end) {
    /// In whole seconds: the client's times where they make sense, else the server's.
    int secondsOr(Instant startedAt, Instant endedAt) {
      Duration taken =
          start.isPresent() && end.isPresent() && end.get().isAfter(start.get())
              ? Duration.between(start.get(), end.get())
              : Duration.between(startedAt, endedAt);
      return Math.clamp(taken.toSeconds(), 0, Integer.MAX_VALUE);
    }
  }

  public static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
