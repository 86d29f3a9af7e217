package dev.handoff.systems.teamevaluation.web;

import dev.handoff.systems.kit.Uncached;
import dev.handoff.systems.teamevaluation.Evaluation;
import dev.handoff.systems.teamevaluation.Evaluations;
import dev.handoff.systems.teamevaluation.Member;
import dev.handoff.systems.teamevaluation.SchoolAccess;
import dev.handoff.systems.teamevaluation.SummaryReleases;
import dev.handoff.systems.teamevaluation.web.EvaluationViews.ClosedView;
import dev.handoff.systems.teamevaluation.web.EvaluationViews.DetailView;
import dev.handoff.systems.teamevaluation.web.EvaluationViews.EvaluationView;
import dev.handoff.systems.teamevaluation.web.EvaluationViews.ListView;
import dev.handoff.systems.teamevaluation.web.EvaluationViews.MeView;
import dev.handoff.systems.teamevaluation.web.EvaluationViews.OverviewView;
import dev.handoff.systems.teamevaluation.web.EvaluationViews.StudentView;
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
record EvaluationController(
    SchoolAccess access,
    Evaluations evaluations,
    ClassStreams streams,
    TeamRequests requests,
    SummaryReleases releases,
    TeamEvaluationPage page) {
  static final String CALLS = "/api/v1/team-evaluation";

  @GetMapping("/evaluations")
  ResponseEntity<ListView> all(Member member) {
    return Uncached.of(
        new ListView(
            MeView.of(member), evaluations.of(member).stream().map(EvaluationView::of).toList()));
  }

  @GetMapping("/evaluations/{evaluation}")
  ResponseEntity<DetailView> one(@PathVariable String evaluation, Member member) {
    Evaluation found = access.evaluation(member, TeamRequests.id(evaluation));
    List<StudentView> students =
        member.isStudent()
            ? List.of()
            : evaluations.students(found).stream().map(StudentView::of).toList();
    return Uncached.of(
        new DetailView(
            MeView.of(member),
            EvaluationView.of(found),
            students,
            page.pollEvery().toMillis(),
            releases.isHeldIn(member.school())));
  }

  @GetMapping("/evaluations/{evaluation}/students/{student}/overview")
  ResponseEntity<OverviewView> overview(
      @PathVariable String evaluation, @PathVariable String student, Member member) {
    return Uncached.of(
        OverviewView.of(
            evaluations.overview(
                access.folder(member, TeamRequests.id(evaluation), TeamRequests.id(student))),
            page.pollEvery()));
  }

  @PostMapping("/evaluations/{evaluation}/close")
  ClosedView close(@PathVariable String evaluation, Member member) {
    Evaluation found = access.evaluation(member.teaching(), TeamRequests.id(evaluation));
    int queued = evaluations.close(found, requests.usualTerms());
    return new ClosedView(found.id(), Evaluation.Status.CLOSED.word(), queued);
  }

  @GetMapping("/evaluations/{evaluation}/live")
  ResponseEntity<SseEmitter> live(@PathVariable String evaluation, Member member) {
    Evaluation found = access.ofClass(member, TeamRequests.id(evaluation));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        // Some proxies collect an answer before they pass it on, unless told so.
        .header("X-Accel-Buffering", "no")
        .body(streams.open(member, found));
  }
}
