package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.teamevaluation.EvaluationViews.ClosedView;
import dev.handoff.systems.teamevaluation.EvaluationViews.DetailView;
import dev.handoff.systems.teamevaluation.EvaluationViews.EvaluationView;
import dev.handoff.systems.teamevaluation.EvaluationViews.ListView;
import dev.handoff.systems.teamevaluation.EvaluationViews.MeView;
import dev.handoff.systems.teamevaluation.EvaluationViews.OverviewView;
import dev.handoff.systems.teamevaluation.EvaluationViews.StudentView;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// The calls of the pages about evaluations themselves.
@RestController
@RequestMapping(EvaluationController.CALLS)
final class EvaluationController {
  static final String CALLS = "/api/v1/team-evaluation";

  private final CurrentMember members;
  private final SchoolDesk desk;
  private final Evaluations evaluations;
  private final ClassStreams streams;
  private final TeamRequests requests;
  private final TeamEvaluationPage page;

  EvaluationController(
      CurrentMember members,
      SchoolDesk desk,
      Evaluations evaluations,
      ClassStreams streams,
      TeamRequests requests,
      TeamEvaluationPage page) {
    this.members = members;
    this.desk = desk;
    this.evaluations = evaluations;
    this.streams = streams;
    this.requests = requests;
    this.page = page;
  }

  @GetMapping("/evaluations")
  ResponseEntity<ListView> all(HttpServletRequest request) {
    Member member = members.of(request);
    return fresh(new ListView(MeView.of(member), evaluations.of(member)));
  }

  @GetMapping("/evaluations/{evaluation}")
  ResponseEntity<DetailView> one(@PathVariable String evaluation, HttpServletRequest request) {
    Member member = members.of(request);
    Evaluation found = desk.evaluation(member, TeamRequests.id(evaluation));
    List<StudentView> students =
        member.isStudent()
            ? List.of()
            : evaluations.students(found).stream().map(StudentView::of).toList();
    return fresh(
        new DetailView(
            MeView.of(member), EvaluationView.of(found), students, page.pollEvery().toMillis()));
  }

  @GetMapping("/evaluations/{evaluation}/students/{student}/overview")
  ResponseEntity<OverviewView> overview(
      @PathVariable String evaluation, @PathVariable String student, HttpServletRequest request) {
    Member member = members.of(request);
    SchoolDesk.Folder folder =
        desk.folder(member, TeamRequests.id(evaluation), TeamRequests.id(student));
    return fresh(evaluations.overview(folder));
  }

  @PostMapping("/evaluations/{evaluation}/close")
  ClosedView close(@PathVariable String evaluation, HttpServletRequest request) {
    Member teacher = members.teacher(request);
    Evaluation found = desk.evaluation(teacher, TeamRequests.id(evaluation));
    int queued = evaluations.close(found, requests.usualTerms());
    return new ClosedView(found.id(), Evaluation.Status.CLOSED.word(), queued);
  }

  @GetMapping("/evaluations/{evaluation}/live")
  ResponseEntity<SseEmitter> live(@PathVariable String evaluation, HttpServletRequest request) {
    Member teacher = members.teacher(request);
    Evaluation found = desk.evaluation(teacher, TeamRequests.id(evaluation));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        // Some proxies collect an answer before they pass it on, unless told so.
        .header("X-Accel-Buffering", "no")
        .body(streams.open(teacher, found));
  }

  private static <T> ResponseEntity<T> fresh(T body) {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
  }
}
