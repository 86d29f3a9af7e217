package dev.handoff.systems.zoneinsights.web;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.zoneinsights.Exam;
import dev.handoff.systems.zoneinsights.ExamAnswer;
import dev.handoff.systems.zoneinsights.Exams;
import dev.handoff.systems.zoneinsights.Grading.ClientTimes;
import dev.handoff.systems.zoneinsights.ZoneInsights;
import dev.handoff.systems.zoneinsights.ZoneRefusals;
import dev.handoff.systems.zoneinsights.web.ExamViews.AnswerView;
import dev.handoff.systems.zoneinsights.web.ExamViews.Begun;
import dev.handoff.systems.zoneinsights.web.ExamViews.Quit;
import dev.handoff.systems.zoneinsights.web.ExamViews.Results;
import dev.handoff.systems.zoneinsights.web.ExamViews.SessionView;
import dev.handoff.systems.zoneinsights.web.ExamViews.TaskStanding;
import dev.handoff.systems.zoneinsights.web.ExamViews.TimeLogged;
import dev.handoff.systems.zoneinsights.web.ExamViews.TopicView;
import dev.handoff.systems.zoneinsights.web.ExamViews.Whole;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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
record ExamController(Exams exams, ZoneInsights insights, InsightTasks tasks, InstantSource clock) {
  @GetMapping("/topics")
  List<TopicView> topics() {
    return exams.topics().stream().map(TopicView::of).toList();
  }

  /// How many questions there are on each topic, by its id.
  @GetMapping("/topics/counts")
  Map<Long, Long> questionCounts() {
    return exams.questionCounts();
  }

  @PostMapping("/test-sessions")
  @ResponseStatus(HttpStatus.CREATED)
  Begun begin(Caller student, JsonBody body) {
    return Begun.of(exams.begin(student.owner(), ExamRequests.wish(body)));
  }

  @GetMapping("/test-sessions")
  List<SessionView> list(Caller student) {
    return exams.list(student.owner()).stream().map(SessionView::of).toList();
  }

  @GetMapping("/test-sessions/{id}")
  Whole show(@PathVariable String id, Caller student) {
    return Whole.of(exams.sheet(own(id, student)), clock.instant());
  }

  @PostMapping("/test-answers")
  AnswerView answer(Caller student, JsonBody body) {
    long id =
        body.whole("session_id")
            .filter(session -> exams.find(session, student.owner()).isPresent())
            .orElseThrow(() -> ZoneRefusals.invalid(ExamRequests.NO_TEST));
    ExamRequests.requireAnswer(body);
    return exams
        .answer(
            id,
            student.owner(),
            body.whole("question_id").orElse(-1L),
            given -> ExamRequests.changed(given, body, clock.instant()))
        .map(answer -> AnswerView.of(id, answer))
        .orElseThrow(() -> ZoneRefusals.invalid(ExamRequests.NO_QUESTION));
  }

  @PostMapping("/time-tracking/log_time")
  TimeLogged logTime(Caller student, JsonBody body) {
    long id = ExamRequests.required(body, "session_id");
    long question = ExamRequests.required(body, "question_id");
    int spent = ExamRequests.timeSpent(body);
    ExamAnswer timed =
        exams
            .answer(id, student.owner(), question, given -> ExamRequests.visited(given, spent))
            .orElseThrow(ZoneRefusals::notFound);
    return new TimeLogged("success", id, question, timed.given().seconds(), timed.given().visits());
  }

  @PostMapping("/test-sessions/{id}/submit")
  Results submit(@PathVariable String id, Caller student, HttpServletRequest request)
      throws IOException {
    ClientTimes times = ExamRequests.times(JsonBody.ofOptional(request));
    long session = ExamRequests.id(id).orElseThrow(ZoneRefusals::notFound);
    return Results.of(insights.submit(session, student, times));
  }

  @PostMapping("/test-sessions/{id}/quit")
  Quit quit(@PathVariable String id, Caller student) {
    long session = ExamRequests.id(id).orElseThrow(ZoneRefusals::notFound);
    exams.quit(session, student.owner());
    return new Quit("Test session has been marked as incomplete.", session, "incomplete");
  }

  @GetMapping("/test-sessions/{id}/results")
  Results results(@PathVariable String id, Caller student) {
    Exam exam = own(id, student);
    if (!exam.isCompleted()) {
      throw ZoneRefusals.invalid("This test has not been submitted yet.");
    }
    return Results.of(exams.sheet(exam));
  }

  @GetMapping("/tasks/status/{id}")
  TaskStanding task(@PathVariable String id, Caller student) {
    return tasks.standing(id, student).orElseThrow(ZoneRefusals::notFound);
  }

  private Exam own(String id, Caller student) {
    return ExamRequests.id(id)
        .flatMap(session -> exams.find(session, student.owner()))
        .orElseThrow(ZoneRefusals::notFound);
  }
}
