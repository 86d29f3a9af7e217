package dev.handoff.systems.zoneinsights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Checkpoints computed from the answers alone: the topics with the most misses, the misconception
/// behind a chosen option where the bank knows one, and the explanations of the questions missed.
public final class CheckpointRules {
  private CheckpointRules() {}

  public static Checkpoint.Pair of(SubjectSheet sheet) {
    List<Checkpoint> found = new ArrayList<>();
    sheet.missed().stream()
        .limit(Checkpoint.COUNT)
        .forEach(topic -> found.add(misses(sheet.subject(), topic)));
    // A second look at the only topic with misses: what was left out, or what took longest.
    sheet.topics().stream()
        .sorted(Comparator.comparingLong(TopicResult::averageSeconds).reversed())
        .map(topic -> pace(sheet.subject(), topic))
        .forEach(found::add);
    found.addAll(general(sheet.subject()).both());
    return new Checkpoint.Pair(found.subList(0, Checkpoint.COUNT));
  }

  /// What is shown when nothing is known of the problem.
  static Checkpoint.Pair general(Subject subject) {
    return new Checkpoint.Pair(
        List.of(
            general(
                subject,
                "General concepts",
                "Some basic ideas of this subject are not yet firm in this test.",
                "Read the chapter summaries again and explain each idea in your own words."),
            general(
                subject,
                "Problem-solving",
                "Some solutions stopped before the end or took a wrong turn.",
                "Solve five questions a day, writing down each step and its reason.")));
  }

  private static Checkpoint general(
      Subject subject, String subtopic, String problem, String remedy) {
    return new Checkpoint(
        subject.label(), subject.label(), subtopic, 0.5, problem, remedy, List.of());
  }

  private static Checkpoint misses(Subject subject, TopicResult topic) {
    List<ExamAnswer> missed = topic.missed();
    ExamAnswer telling =
        missed.stream()
            .filter(answer -> misconception(answer).isPresent())
            .findFirst()
            .orElse(missed.getFirst());
    String problem = WordLimit.CHECKPOINT.firstOf(problems(topic, telling));
    String remedy = WordLimit.CHECKPOINT.firstOf(remedies(telling));
    return checkpoint(subject, topic, new Remedy(problem, remedy, numbers(missed)));
  }

  // Each says the same with more words around it, and the last one without it.
  private static List<String> problems(TopicResult topic, ExamAnswer telling) {
    int missed = topic.missed().size();
    String few = "Missed %d of %d".formatted(missed, topic.total());
    List<String> problems = new ArrayList<>();
    misconception(telling)
        .ifPresent(belief -> {
          problems.add(belief);
          problems.add(few + ": " + belief);
          problems.add(
              few + " here, and question " + telling.number() + " suggests why: " + belief);
        });
    long skipped = topic.missed().stream().filter(one -> one.answered().isEmpty()).count();
    problems.add(few + " questions on this topic, %d of them left out.".formatted(skipped));
    return problems;
  }

  private static List<String> remedies(ExamAnswer telling) {
    String rework = "Rework question " + telling.number();
    Question.Solution solution = telling.question().solution();
    return List.of(
        rework + ": " + solution.explanation(),
        rework + " with its explanation in mind: " + solution.explanation(),
        rework
            + " step by step, then explain aloud why %s is the answer."
                .formatted(solution.answer()));
  }

  private static Checkpoint pace(Subject subject, TopicResult topic) {
    boolean flawless = topic.missed().isEmpty();
    String found =
        flawless
            ? "All %d right, at %d s a question: this topic is understood."
                .formatted(topic.total(), topic.averageSeconds())
            : "Took %d s a question here, with %d of %d right."
                .formatted(topic.averageSeconds(), topic.correct(), topic.total());
    String next =
        flawless
            ? "Build on it with harder questions, and explain one solution to a friend."
            : "Do a timed set of five questions and compare each solution with the explanation.";
    return checkpoint(subject, topic, new Remedy(found, next, numbers(topic.answers())));
  }

  private record Remedy(String problem, String plan, List<Integer> questions) {}

  private static Checkpoint checkpoint(Subject subject, TopicResult topic, Remedy remedy) {
    String chapter = topic.topic().chapter();
    return new Checkpoint(
        topic.topic().name(),
        subject.label(),
        chapter == null ? subject.label() : chapter,
        topic.accuracy(),
        remedy.problem(),
        remedy.plan(),
        remedy.questions());
  }

  public static List<Integer> numbers(List<ExamAnswer> answers) {
    return answers.stream().limit(Checkpoint.CITED).map(ExamAnswer::number).toList();
  }

  public static Optional<String> misconception(ExamAnswer answer) {
    return answer.question().solution().misconceptionBehind(answer.answered());
  }
}
