package dev.handoff.systems.zoneinsights;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A student's answer to one question of a test. `number` is the question's place in the test, from
/// 1; `isCorrect` is null while it is not graded, and for a question left unanswered.
public record ExamAnswer(
    long id, int number, Question question, Given given, @Nullable Boolean isCorrect) {
  /// What was given: a letter or a text, and how long it took, in seconds.
  public record Given(
      @Nullable String letter,
      @Nullable String text,
      boolean marked,
      int seconds,
      int visits,
      @Nullable Instant at) {}

  public boolean isRight() {
    return Boolean.TRUE.equals(isCorrect);
  }

  boolean isWrong() {
    return Boolean.FALSE.equals(isCorrect);
  }

  /// What the student gave, as the student gave it; empty for nothing.
  public String answered() {
    String answer = question.kind() == Question.Kind.NVT ? given.text() : given.letter();
    return answer == null ? "" : answer.strip();
  }

  ExamAnswer with(Given now) {
    return new ExamAnswer(id, number, question, now, isCorrect);
  }

  ExamAnswer graded() {
    return new ExamAnswer(
        id, number, question, given, Grading.isRight(question, answered()).orElse(null));
  }
}
