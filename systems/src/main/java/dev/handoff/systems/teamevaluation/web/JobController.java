package dev.handoff.systems.teamevaluation.web;

import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.Uncached;
import dev.handoff.systems.teamevaluation.Jobs;
import dev.handoff.systems.teamevaluation.Member;
import dev.handoff.systems.teamevaluation.SchoolAccess;
import dev.handoff.systems.teamevaluation.SummaryReleases;
import dev.handoff.systems.teamevaluation.web.JobViews.CancelledView;
import dev.handoff.systems.teamevaluation.web.JobViews.HealthView;
import dev.handoff.systems.teamevaluation.web.JobViews.JobView;
import dev.handoff.systems.teamevaluation.web.JobViews.StatsView;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The calls about jobs that were asked for, and about the queue they wait in.
@RestController
@RequestMapping({SummaryController.CALLS, SummaryController.BARE_CALLS})
record JobController(SchoolAccess access, Jobs jobs, SummaryReleases releases, QueueStatus queue) {
  @GetMapping("/jobs/{job}/status")
  ResponseEntity<JobView> status(@PathVariable String job, Member member) {
    return Uncached.of(JobView.of(releases.readable(access.job(member, job), member)));
  }

  @PostMapping("/jobs/{job}/cancel")
  CancelledView cancel(@PathVariable String job, Member member) {
    return jobs.cancel(access.cancellable(member, job), member)
        .map(CancelledView::of)
        .orElseThrow(() ->
            RefusedException.badRequest(
                "Cannot cancel job with status '%s'"
                    .formatted(access.job(member, job).kept().status())));
  }

  @GetMapping("/queue/stats")
  StatsView stats(Member member) {
    return queue.stats(member.teaching().school());
  }

  @GetMapping("/queue/health")
  HealthView health(Member member) {
    return queue.health(member);
  }
}
