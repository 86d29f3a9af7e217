package dev.handoff.systems.zoneinsights;

import dev.handoff.systems.accounts.CurrentAccount;
import dev.handoff.systems.http.JsonBody;
import dev.handoff.systems.zoneinsights.ExamViews.AnswerView;
import dev.handoff.systems.zoneinsights.ExamViews.Begun;
import dev.handoff.systems.zoneinsights.ExamViews.Quit;
import dev.handoff.systems.zoneinsights.ExamViews.Results;
import dev.handoff.systems.zoneinsights.ExamViews.SessionView;
import dev.handoff.systems.zoneinsights.ExamViews.TaskStanding;
import dev.handoff.systems.zoneinsights.ExamViews.TimeLogged;
import dev.handoff.systems.zoneinsights.ExamViews.TopicView;
import dev.handoff.systems.zoneinsights.ExamViews.Whole;
import dev.handoff.systems.zoneinsights.Grading.ClientTimes;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The calls of a test. Each path also works with the slash at its end that its clients send.
@RestController
@RequestMapping("/api")
final class ExamController {
  private final Exams exams;
  private final ZoneInsights insights;
  private final InsightTasks tasks;
  private final CurrentAccount currentAccount;
  private final InstantSource clock;

  ExamController(
      Exams exams,
      ZoneInsights insights,
      InsightTasks tasks,
      CurrentAccount currentAccount,
      InstantSource clock) {
    this.exams = exams;
    this.insights = insights;
    this.tasks = tasks;
    this.currentAccount = currentAccount;
    this.clock = clock;
  }

  @GetMapping("/topics")
  List<TopicView> topics() {
    return exams.topics().stream().map(TopicView::of).toList();
  }

  @PostMapping("/test-sessions")
  @ResponseStatus(HttpStatus.CREATED)
  Begun begin(HttpServletRequest request) throws IOException {
    String student = student(request);
    return Begun.of(exams.begin(student, ExamRequests.wish(JsonBody.of(request))));
  }

  @GetMapping("/test-sessions")
  List<SessionView> list(HttpServletRequest request) {
    return exams.list(student(request)).stream().map(SessionView::of).toList();
  }

  @GetMapping("/test-sessions/{id}")
  Whole show(@PathVariable String id, HttpServletRequest request) {
    return Whole.of(exams.sheet(own(id, request)), clock.instant());
  }

  @PostMapping("/test-answers")
  AnswerView answer(HttpServletRequest request) throws IOException {
    String student = student(request);
    JsonBody body = JsonBody.of(request);
    long id =
        body.whole("session_id")
            .orElseThrow(() -> ExamRefusedException.invalid(ExamRequests.NO_TEST));
    if (exams.find(id, student).isEmpty()) {
      throw ExamRefusedException.invalid(ExamRequests.NO_TEST);
    }
    ExamRequests.requireAnswer(body);
    return exams
        .answer(
            id,
            student,
            body.whole("question_id").orElse(-1L),
            given -> ExamRequests.changed(given, body, clock.instant()))
        .map(answer -> AnswerView.of(id, answer))
        .orElseThrow(() -> ExamRefusedException.invalid(ExamRequests.NO_QUESTION));
  }

  @PostMapping("/time-tracking/log_time")
  TimeLogged logTime(HttpServletRequest request) throws IOException {
    String student = student(request);
    JsonBody body = JsonBody.of(request);
    long id =
        body.whole("session_id")
            .orElseThrow(() -> ExamRefusedException.invalid("session_id is required."));
    long question =
        body.whole("question_id")
            .orElseThrow(() -> ExamRefusedException.invalid("question_id is required."));
    int spent = ExamRequests.timeSpent(body);
    ExamAnswer timed =
        exams
            .answer(id, student, question, given -> ExamRequests.visited(given, spent))
            .orElseThrow(ExamRefusedException::notFound);
    return new TimeLogged("success", id, question, timed.given().seconds(), timed.given().visits());
  }

  @PostMapping("/test-sessions/{id}/submit")
  Results submit(@PathVariable String id, HttpServletRequest request) throws IOException {
    var caller = currentAccount.of(request).asCaller();
    ClientTimes times = ExamRequests.times(JsonBody.ofOptional(request));
    long session = ExamRequests.id(id).orElseThrow(ExamRefusedException::notFound);
    return Results.of(insights.submit(session, caller, times));
  }

  @PostMapping("/test-sessions/{id}/quit")
  Quit quit(@PathVariable String id, HttpServletRequest request) {
    String student = student(request);
    long session = ExamRequests.id(id).orElseThrow(ExamRefusedException::notFound);
    exams.quit(session, student);
    return new Quit("Test session has been marked as incomplete.", session, "incomplete");
  }

  @GetMapping("/test-sessions/{id}/results")
  Results results(@PathVariable String id, HttpServletRequest request) {
    Exam exam = own(id, request);
    if (!exam.isCompleted()) {
      throw ExamRefusedException.invalid("This test has not been submitted yet.");
    }
    return Results.of(exams.sheet(exam));
  }

  @GetMapping("/tasks/status/{id}")
  TaskStanding task(@PathVariable String id, HttpServletRequest request) {
    return tasks
        .standing(id, currentAccount.of(request).asCaller())
        .orElseThrow(ExamRefusedException::notFound);
  }

  private Exam own(String id, HttpServletRequest request) {
    String student = student(request);
    return ExamRequests.id(id)
        .flatMap(session -> exams.find(session, student))
        .orElseThrow(ExamRefusedException::notFound);
  }

  private String student(HttpServletRequest request) {
    return currentAccount.of(request).asCaller().owner();
  }
}
