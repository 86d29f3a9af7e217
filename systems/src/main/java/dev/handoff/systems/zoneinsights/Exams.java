package dev.handoff.systems.zoneinsights;

import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.zoneinsights.Exam.Status;
import dev.handoff.systems.zoneinsights.ExamAnswer.Given;
import dev.handoff.systems.zoneinsights.Grading.ClientTimes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Sitting a test: begun, answered, timed, quit or submitted. Safe for use by many threads.
public record Exams(
    BankTable bank,
    ExamTable exams,
    AnswerTable answers,
    QuestionDealer dealer,
    SystemsDatabase db,
    InstantSource clock) {
  static final int LISTED = 200;

  private static final int MOST_QUESTIONS = 200;

  public record Sheet(Exam exam, List<ExamAnswer> answers) {}

  /// What a student asks for. No topics means all of them; without a count there are as many
  /// questions as minutes, and without a limit as many minutes as questions.
  public record ExamRequest(
      String testType, List<Long> topics, Optional<Integer> count, Optional<Integer> timeLimit) {}

  public List<Topic> topics() {
    return bank.topics();
  }

  /// Begins a test with questions of the bank.
  ///
  /// @throws RefusedException when it cannot be made of the bank's questions
  public Sheet begin(String student, ExamRequest wish) {
    List<Topic> chosen = chosen(wish.topics());
    List<Question> available = bank.questions(chosen.stream().map(Topic::id).toList());
    int count =
        wish.count().orElseGet(() -> Math.min(wish.timeLimit().orElse(0), available.size()));
    if (count > available.size() || available.isEmpty()) {
      throw ZoneRefusals.invalid(
              "Only %d questions available for selected topics, but %d requested."
                  .formatted(available.size(), count))
          .with("available_questions", available.size())
          .with("requested_questions", count);
    }
    if (count < 1 || count > MOST_QUESTIONS) {
      throw ZoneRefusals.invalid("Question count must be between 1 and " + MOST_QUESTIONS + ".");
    }
    Exam.Choice choice =
        new Exam.Choice(
            wish.testType(),
            chosen.stream().map(Topic::id).toList(),
            wish.timeLimit().orElse(count),
            count);
    List<Question> dealt = dealer.deal(available, count);
    long id =
        db.inTransaction(() -> {
          long added =
              exams.add(new ExamTable.NewExam(student, choice, bySubject(chosen), clock.instant()));
          answers.add(added, dealt);
          return added;
        });
    return sheet(exams.find(id).orElseThrow());
  }

  private List<Topic> chosen(List<Long> ids) {
    Map<Long, Topic> all = new LinkedHashMap<>();
    bank.topics().forEach(topic -> all.put(topic.id(), topic));
    if (ids.isEmpty()) {
      return List.copyOf(all.values());
    }
    TreeSet<Long> unknown = new TreeSet<>(ids);
    unknown.removeAll(all.keySet());
    if (!unknown.isEmpty()) {
      List<String> shown = unknown.stream().map(String::valueOf).toList();
      throw ZoneRefusals.invalid(
          "Topics with IDs {" + String.join(", ", shown) + "} do not exist.");
    }
    return ids.stream().distinct().map(id -> Objects.requireNonNull(all.get(id))).toList();
  }

  private static Map<Subject, List<String>> bySubject(List<Topic> topics) {
    Map<Subject, List<String>> names = new EnumMap<>(Subject.class);
    for (Topic topic : topics) {
      topic
          .counted()
          .ifPresent(
              subject -> names.computeIfAbsent(subject, _ -> new ArrayList<>()).add(topic.name()));
    }
    return names;
  }

  public List<Exam> list(String student) {
    return exams.list(student, LISTED);
  }

  /// The student's completed tests that have answers, the last one to end first.
  public List<Exam> completed(String student) {
    return exams.list(student, LISTED).stream()
        .filter(Exam::isCompleted)
        .filter(exam -> exam.choice().questionCount() > 0)
        .sorted(
            Comparator.comparing((Exam exam) -> exam.end().orElseThrow())
                .thenComparingLong(Exam::id)
                .reversed())
        .toList();
  }

  /// The student's own test; somebody else's is not found.
  public Optional<Exam> find(long id, String student) {
    return exams.find(id, student);
  }

  public Sheet sheet(Exam exam) {
    return new Sheet(exam, answers.of(exam.id()));
  }

  /// Changes the answer to one question of an open test; nothing when the test has no such
  /// question.
  ///
  /// @throws RefusedException when the test is not the student's, or over
  public Optional<ExamAnswer> answer(
      long id, String student, long question, UnaryOperator<Given> change) {
    return db.inTransaction(() -> {
      Exam exam = open(id, student);
      Optional<ExamAnswer> changed =
          answers.of(exam.id()).stream()
              .filter(answer -> answer.question().id() == question)
              .findFirst()
              .map(answer -> answer.with(change.apply(answer.given())));
      changed.ifPresent(answers::give);
      return changed;
    });
  }

  private Exam open(long id, String student) {
    Exam exam = exams.take(id, student, clock.instant()).orElseThrow(ZoneRefusals::notFound);
    return switch (exam.course().status()) {
      case OPEN -> exam;
      case INCOMPLETE -> throw ZoneRefusals.over("This test was quit.");
      case COMPLETED -> throw ZoneRefusals.over("This test has already been submitted.");
    };
  }

  /// Ends a test without grading it.
  ///
  /// @throws RefusedException when it is not the student's, or completed
  public void quit(long id, String student) {
    db.inTransaction(() -> {
      Exam exam = exams.take(id, student, clock.instant()).orElseThrow(ZoneRefusals::notFound);
      if (exam.isCompleted()) {
        throw ZoneRefusals.invalid("Cannot quit a completed test session.");
      }
      if (exam.course().status() == Status.OPEN) {
        exams.quit(id, clock.instant());
      }
      return id;
    });
  }

  /// Grades a test and hands off what follows from it, in one transaction. One that is graded
  /// already stays as it is.
  ///
  /// @param handOff gives the id of the task, which the test keeps; nothing for none
  /// @throws RefusedException when it is not the student's, or was quit
  Sheet submit(
      long id, String student, ClientTimes times, Function<Exam, Optional<String>> handOff) {
    return db.inTransaction(() -> {
      Instant now = clock.instant();
      Exam exam = exams.take(id, student, now).orElseThrow(ZoneRefusals::notFound);
      if (exam.course().status() == Status.INCOMPLETE) {
        throw ZoneRefusals.over("This test was quit.");
      }
      if (exam.isCompleted()) {
        return sheet(exam);
      }
      List<ExamAnswer> graded = answers.of(id).stream().map(ExamAnswer::graded).toList();
      answers.grade(graded);
      int seconds = times.secondsOr(exam.course().startedAt(), now);
      exams.complete(id, Grading.score(graded, seconds), now);
      handOff.apply(exam).ifPresent(task -> exams.keepTask(id, task));
      return sheet(exams.find(id).orElseThrow());
    });
  }

  /// Open tests whose time was over before then, at most [#LISTED].
  List<Exam> overdue(Instant before) {
    return exams.overdue(before, LISTED);
  }

  /// How many questions there are on each topic, by its id.
  public Map<Long, Long> questionCounts() {
    return bank.questionCounts();
  }

  /// Keeps which task makes the insights of a test.
  Exam keepTask(Exam exam, String task) {
    exams.keepTask(exam.id(), task);
    return exams.find(exam.id()).orElseThrow();
  }
}
