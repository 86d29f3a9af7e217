package dev.handoff.systems.zoneinsights.web;

import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.zoneinsights.Exam;
import dev.handoff.systems.zoneinsights.ExamAnswer;
import dev.handoff.systems.zoneinsights.Exams.Sheet;
import dev.handoff.systems.zoneinsights.Grading;
import dev.handoff.systems.zoneinsights.InsightsResult;
import dev.handoff.systems.zoneinsights.Question;
import dev.handoff.systems.zoneinsights.Subject;
import dev.handoff.systems.zoneinsights.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// What the calls of a test answer with, word for word as their clients expect it.
final class ExamViews {
  private ExamViews() {}

  record TopicView(long id, String name, String subject, String icon, @Nullable String chapter) {
    static TopicView of(Topic topic) {
      return new TopicView(
          topic.id(), topic.name(), topic.subject(), topic.icon(), topic.chapter());
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record SessionView(
      long id,
      String studentId,
      String testType,
      List<Long> selectedTopics,
      List<String> physicsTopics,
      List<String> chemistryTopics,
      List<String> botanyTopics,
      List<String> zoologyTopics,
      List<String> biologyTopics,
      List<String> mathTopics,
      int timeLimit,
      int questionCount,
      Instant startTime,
      @Nullable Instant endTime,
      String status,
      boolean isCompleted,
      int totalQuestions,
      int correctAnswers,
      int incorrectAnswers,
      int unanswered,
      int totalTimeTaken,
      @Nullable Double physicsScore,
      @Nullable Double chemistryScore,
      @Nullable Double botanyScore,
      @Nullable Double zoologyScore,
      @Nullable Double biologyScore,
      @Nullable Double mathScore,
      @Nullable String insightsTaskId) {
    static SessionView of(Exam exam) {
      Map<Subject, List<String>> topics = exam.topics();
      Map<Subject, Double> scores = exam.score().subjects();
      return new SessionView(
          exam.id(),
          Account.studentIdOf(UUID.fromString(exam.student())),
          exam.choice().testType(),
          exam.choice().topics(),
          topics.getOrDefault(Subject.PHYSICS, List.of()),
          topics.getOrDefault(Subject.CHEMISTRY, List.of()),
          topics.getOrDefault(Subject.BOTANY, List.of()),
          topics.getOrDefault(Subject.ZOOLOGY, List.of()),
          topics.getOrDefault(Subject.BIOLOGY, List.of()),
          topics.getOrDefault(Subject.MATH, List.of()),
          exam.choice().timeLimit(),
          exam.choice().questionCount(),
          exam.course().startedAt(),
          exam.course().endedAt(),
          exam.course().status().word(),
          exam.isCompleted(),
          exam.choice().questionCount(),
          exam.score().correct(),
          exam.score().incorrect(),
          exam.score().unanswered(),
          exam.score().seconds(),
          scores.get(Subject.PHYSICS),
          scores.get(Subject.CHEMISTRY),
          scores.get(Subject.BOTANY),
          scores.get(Subject.ZOOLOGY),
          scores.get(Subject.BIOLOGY),
          scores.get(Subject.MATH),
          exam.insightsTask());
    }
  }

  /// A question while its test is being taken: nothing tells its answer.
  @JsonNaming(SnakeCaseStrategy.class)
  record QuestionView(
      long id,
      long topic,
      String topicName,
      String subject,
      String question,
      String questionType,
      @Nullable String optionA,
      @Nullable String optionB,
      @Nullable String optionC,
      @Nullable String optionD) {
    static QuestionView of(Question question) {
      return new QuestionView(
          question.id(),
          question.topic().id(),
          question.topic().name(),
          question.topic().subject(),
          question.text(),
          question.kind().name(),
          question.option("A").orElse(null),
          question.option("B").orElse(null),
          question.option("C").orElse(null),
          question.option("D").orElse(null));
    }
  }

  /// An answer as it was saved; nothing tells whether it is right.
  @JsonNaming(SnakeCaseStrategy.class)
  record AnswerView(
      long id,
      long session,
      long question,
      @Nullable String selectedAnswer,
      @Nullable String textAnswer,
      boolean markedForReview,
      int timeTaken,
      int visitCount,
      @Nullable Instant answeredAt) {
    static AnswerView of(long session, ExamAnswer answer) {
      ExamAnswer.Given given = answer.given();
      return new AnswerView(
          answer.id(),
          session,
          answer.question().id(),
          given.letter(),
          given.text(),
          given.marked(),
          given.seconds(),
          given.visits(),
          given.at());
    }
  }

  record Begun(long id, SessionView session, List<QuestionView> questions, String message) {
    static Begun of(Sheet sheet) {
      return new Begun(
          sheet.exam().id(),
          SessionView.of(sheet.exam()),
          asked(sheet),
          "Test session created successfully.");
    }
  }

  /// A test with its questions and what was answered so far. The seconds left are by the server's
  /// clock; a page cannot trust its own.
  @JsonNaming(SnakeCaseStrategy.class)
  record Whole(
      SessionView session,
      List<QuestionView> questions,
      List<AnswerView> answers,
      long secondsLeft) {
    static Whole of(Sheet sheet, Instant now) {
      Exam exam = sheet.exam();
      return new Whole(
          SessionView.of(exam),
          asked(sheet),
          sheet.answers().stream().map(answer -> AnswerView.of(exam.id(), answer)).toList(),
          Math.max(0, Duration.between(now, exam.deadline()).toSeconds()));
    }
  }

  private static List<QuestionView> asked(Sheet sheet) {
    return sheet.answers().stream().map(answer -> QuestionView.of(answer.question())).toList();
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record TimeLogged(
      String status, long sessionId, long questionId, int timeTaken, int visitCount) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Quit(String message, long sessionId, String status) {}

  /// A task as clients of the former queue see it.
  @JsonNaming(SnakeCaseStrategy.class)
  record TaskStanding(
      String taskId, String status, boolean ready, @Nullable InsightsResult result) {
    static TaskStanding of(String id, String status, @Nullable InsightsResult result) {
      boolean ready = status.equals("SUCCESS") || status.equals("FAILURE");
      return new TaskStanding(id, status, ready, result);
    }
  }

  /// One subject of a graded test; accuracy in percent.
  record SubjectPerformance(String subject, int correct, int total, double accuracy) {}

  /// A question of a graded test with everything about it.
  @JsonNaming(SnakeCaseStrategy.class)
  record DetailedAnswer(
      long questionId,
      String question,
      String questionType,
      @Nullable String selectedAnswer,
      @Nullable String textAnswer,
      String correctAnswer,
      @Nullable Boolean isCorrect,
      String explanation,
      @Nullable String optionA,
      @Nullable String optionB,
      @Nullable String optionC,
      @Nullable String optionD,
      boolean markedForReview,
      int timeTaken) {
    static DetailedAnswer of(ExamAnswer answer) {
      Question question = answer.question();
      return new DetailedAnswer(
          question.id(),
          question.text(),
          question.kind().name(),
          answer.given().letter(),
          answer.given().text(),
          question.solution().answer(),
          answer.isCorrect(),
          question.solution().explanation(),
          question.option("A").orElse(null),
          question.option("B").orElse(null),
          question.option("C").orElse(null),
          question.option("D").orElse(null),
          answer.given().marked(),
          answer.given().seconds());
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Results(
      long sessionId,
      int totalQuestions,
      int correctAnswers,
      int incorrectAnswers,
      int unansweredQuestions,
      double scorePercentage,
      int timeTaken,
      List<SubjectPerformance> subjectPerformance,
      List<DetailedAnswer> detailedAnswers,
      @Nullable String insightsTaskId) {
    static Results of(Sheet sheet) {
      Grading.Counts counts = Grading.count(sheet.answers());
      return new Results(
          sheet.exam().id(),
          counts.total(),
          counts.correct(),
          counts.incorrect(),
          counts.unanswered(),
          counts.percentCorrect(),
          sheet.exam().score().seconds(),
          performance(sheet),
          sheet.answers().stream().map(DetailedAnswer::of).toList(),
          sheet.exam().insightsTask());
    }

    private static List<SubjectPerformance> performance(Sheet sheet) {
      return Grading.bySubject(sheet.answers()).entrySet().stream()
          .map(entry -> {
            Grading.Counts counts = Grading.count(entry.getValue());
            return new SubjectPerformance(
                entry.getKey().label(), counts.correct(), counts.total(), counts.percentCorrect());
          })
          .toList();
    }
  }
}
