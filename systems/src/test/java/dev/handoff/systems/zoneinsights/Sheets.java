package dev.handoff.systems.zoneinsights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

public final class Sheets {
  static final Topic KINEMATICS = new Topic(1, "Kinematics", "Physics", "atom", "Mechanics");
  static final Topic OPTICS = new Topic(2, "Optics", "Physics", "atom", null);

  private Sheets() {}

  static Question choice(long id, Topic topic) {
    return new Question(
        id,
        topic,
        "Question " + id,
        Question.Kind.MCQ,
        List.of("one", "two", "three", "four"),
        new Question.Solution(
            "B", "Because it is two.", Map.of("A", "Forgot the factor 2."), "easy"));
  }

  static Question value(String answer) {
    return new Question(
        77,
        KINEMATICS,
        "How much?",
        Question.Kind.NVT,
        List.of(),
        new Question.Solution(answer, "So much.", Map.of(), "easy"));
  }

  /// One answer for each letter; a dash is a question left out. Ten seconds each.
  static List<ExamAnswer> answered(Topic topic, int firstNumber, String letters) {
    List<ExamAnswer> answers = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      int number = firstNumber + answers.size();
      answers.add(
          new ExamAnswer(
                  number,
                  number,
                  choice(number, topic),
                  new ExamAnswer.Given(
                      letter == '-' ? null : String.valueOf(letter), null, false, 10, 1, null),
                  null)
              .graded());
    }
    return answers;
  }

  /// One answer to a question: a letter, or a dash for none.
  static List<ExamAnswer> answeredOne(Question question, String letter) {
    String given = letter.equals("-") ? null : letter;
    return List.of(
        new ExamAnswer(1, 1, question, new ExamAnswer.Given(given, given, false, 10, 1, null), null)
            .graded());
  }

  public static SubjectSheet physics(String kinematics, String optics) {
    List<ExamAnswer> all = new ArrayList<>(answered(KINEMATICS, 1, kinematics));
    all.addAll(answered(OPTICS, 1 + all.size(), optics));
    return SubjectSheet.of(Subject.PHYSICS, all);
  }
}
