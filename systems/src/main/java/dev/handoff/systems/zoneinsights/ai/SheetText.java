package dev.handoff.systems.zoneinsights.ai;

import dev.handoff.systems.zoneinsights.CheckpointRules;
import dev.handoff.systems.zoneinsights.ExamAnswer;
import dev.handoff.systems.zoneinsights.Question;
import dev.handoff.systems.zoneinsights.SubjectSheet;
import dev.handoff.systems.zoneinsights.TopicResult;
import java.util.List;
import java.util.Locale;

/// A sheet as a model reads it.
final class SheetText {
  private SheetText() {}

  /// These questions with their options, the right and the given answer, and the time taken.
  static String answers(List<ExamAnswer> answers) {
    StringBuilder text = new StringBuilder();
    for (ExamAnswer answer : answers) {
      append(answer, text);
    }
    return text.toString();
  }

  /// The topics with their numbers and their wrong or skipped questions; where nothing was missed,
  /// with the questions that were right.
  static String topics(SubjectSheet sheet) {
    boolean flawless = sheet.missed().isEmpty();
    StringBuilder text = new StringBuilder();
    for (TopicResult topic : flawless ? sheet.topics() : sheet.missed()) {
      text.append(
          String.format(
              Locale.ROOT,
              "Topic %s: accuracy %.2f, %d questions, %d s a question on average%n",
              topic.topic().name(),
              topic.accuracy(),
              topic.total(),
              topic.averageSeconds()));
      (flawless ? topic.answers() : topic.missed())
          .stream().limit(SubjectSheet.MISSED_QUESTIONS).forEach(answer -> append(answer, text));
    }
    return text.toString();
  }

  private static void append(ExamAnswer answer, StringBuilder text) {
    Question question = answer.question();
    text.append("Question ").append(answer.number()).append(" (");
    text.append(question.topic().name()).append("): ").append(question.text()).append('\n');
    for (String letter : Question.LETTERS) {
      question
          .option(letter)
          .ifPresent(option -> text.append("  ").append(letter).append(") ").append(option));
    }
    String given = answer.answered();
    text.append("\n  right: ").append(question.solution().answer());
    text.append(", given: ").append(given.isEmpty() ? "nothing" : shortened(given));
    text.append(answer.isRight() ? " (right)" : given.isEmpty() ? " (skipped)" : " (wrong)");
    text.append(", ").append(answer.given().seconds()).append(" s\n");
    if (!answer.isRight()) {
      CheckpointRules.misconception(answer)
          .ifPresent(belief -> text.append("  may believe: ").append(belief).append('\n'));
    }
  }

  // What a student typed is no place for a letter to the model.
  private static String shortened(String given) {
    String line = given.replaceAll("\\s+", " ");
    return line.length() <= 100 ? line : line.substring(0, 100) + "…";
  }
}
