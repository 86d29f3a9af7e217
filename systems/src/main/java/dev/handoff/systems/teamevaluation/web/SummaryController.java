package dev.handoff.systems.teamevaluation.web;

import dev.handoff.systems.kit.JsonBody;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.teamevaluation.Evaluation;
import dev.handoff.systems.teamevaluation.Job;
import dev.handoff.systems.teamevaluation.Jobs;
import dev.handoff.systems.teamevaluation.Jobs.JobRequest;
import dev.handoff.systems.teamevaluation.Jobs.QueuedJob;
import dev.handoff.systems.teamevaluation.Jobs.Way;
import dev.handoff.systems.teamevaluation.Member;
import dev.handoff.systems.teamevaluation.SchoolAccess;
import dev.handoff.systems.teamevaluation.Summaries;
import dev.handoff.systems.teamevaluation.SummaryFailures;
import dev.handoff.systems.teamevaluation.SummaryReleases;
import dev.handoff.systems.teamevaluation.web.JobViews.BatchView;
import dev.handoff.systems.teamevaluation.web.JobViews.JobView;
import dev.handoff.systems.teamevaluation.web.JobViews.JobsView;
import dev.handoff.systems.teamevaluation.web.SummaryViews.QuotesView;
import dev.handoff.systems.teamevaluation.web.SummaryViews.SummaryView;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The calls that ask for summaries in an evaluation. What is of another school is answered like
/// what does not exist.
@RestController
@RequestMapping({SummaryController.CALLS, SummaryController.BARE_CALLS})
record SummaryController(
    SchoolAccess access,
    Jobs jobs,
    Summaries summaries,
    SummaryReleases releases,
    TeamRequests requests) {
  /// Where the calls are, with and without the API's path before it.
  static final String CALLS = "/api/v1/feedback-summaries";

  static final String BARE_CALLS = "/feedback-summaries";

  private static final String STUDENT = "/evaluation/{evaluation}/student/{student}";

  @PostMapping(STUDENT + "/queue")
  JobView queue(
      @PathVariable String evaluation,
      @PathVariable String student,
      Member member,
      HttpServletRequest request)
      throws IOException {
    SchoolAccess.Folder folder = folder(evaluation, student, member);
    JsonBody body = JsonBody.ofOptional(request);
    JobRequest wish =
        new JobRequest(
            folder.evaluation(), folder.student(), requests.terms(body, member.school()));
    if (isAnew(body, member)) {
      summaries.forget(wish);
    }
    QueuedJob asked = jobs.ask(wish);
    if (asked.way() == Way.FAILED) {
      throw RefusedException.of(500, "Failed to queue job: " + SummaryFailures.NOT_TAKEN);
    }
    return JobView.of(releases.readable(asked.job(), member));
  }

  @PostMapping("/evaluation/{evaluation}/batch-queue")
  BatchView queueAll(@PathVariable String evaluation, Member member, HttpServletRequest request)
      throws IOException {
    Evaluation found = access.evaluation(member.teaching(), TeamRequests.id(evaluation));
    JsonBody body = JsonBody.of(request);
    List<Long> ids = requests.students(body);
    Job.JobTerms terms = requests.terms(body, member.school());
    List<JobRequest> wishes =
        access.students(member, ids).stream()
            .map(student -> new JobRequest(found, student, terms))
            .toList();
    if (isAnew(body, member)) {
      wishes.forEach(summaries::forget);
    }
    return BatchView.of(found, jobs.askAll(wishes));
  }

  @GetMapping("/evaluation/{evaluation}/jobs")
  JobsView jobs(
      @PathVariable String evaluation, @RequestParam Optional<String> status, Member member) {
    Evaluation found = access.ofClass(member, TeamRequests.id(evaluation));
    List<JobView> views =
        releases.readable(found, jobs.of(found, TeamRequests.status(status)), member).stream()
            .map(JobView::of)
            .toList();
    return new JobsView(found.id(), views.size(), views);
  }

  @GetMapping(STUDENT)
  SummaryView summary(
      @PathVariable String evaluation, @PathVariable String student, Member member) {
    SchoolAccess.Folder folder = folder(evaluation, student, member);
    return SummaryView.of(
        releases.readable(summaries.of(folder.evaluation(), folder.student()), member));
  }

  @PostMapping(STUDENT + "/regenerate")
  SummaryView regenerate(
      @PathVariable String evaluation,
      @PathVariable String student,
      Member member,
      HttpServletRequest request)
      throws IOException {
    SchoolAccess.Folder folder = folder(evaluation, student, member);
    boolean force =
        JsonBody.ofOptional(request).flag("force").orElse(true)
            && releases.mayRemake(folder, member);
    JobRequest wish = new JobRequest(folder.evaluation(), folder.student(), requests.usualTerms());
    return SummaryView.of(
        releases.readable(
            force ? summaries.anew(wish) : summaries.of(wish.evaluation(), wish.student()),
            member));
  }

  @GetMapping(STUDENT + "/quotes")
  QuotesView quotes(@PathVariable String evaluation, @PathVariable String student, Member member) {
    SchoolAccess.Folder folder = folder(evaluation, student, member);
    return QuotesView.of(summaries.quotes(folder.evaluation(), folder.student()));
  }

  /// Whether a teacher wants summaries made anew although the feedback is the same.
  private static boolean isAnew(JsonBody body, Member member) {
    return body.flag("anew").orElse(false) && !member.teaching().isStudent();
  }

  private SchoolAccess.Folder folder(String evaluation, String student, Member member) {
    return access.folder(member, TeamRequests.id(evaluation), TeamRequests.id(student));
  }
}
