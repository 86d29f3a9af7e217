package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.http.RefusedException;
import dev.handoff.systems.teamevaluation.JobViews.CancelledView;
import dev.handoff.systems.teamevaluation.JobViews.HealthView;
import dev.handoff.systems.teamevaluation.JobViews.JobView;
import dev.handoff.systems.teamevaluation.JobViews.StatsView;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The calls about jobs that were asked for, and about the queue they wait in.
@RestController
@RequestMapping({SummaryController.CALLS, SummaryController.BARE_CALLS})
final class JobController {
  private final CurrentMember members;
  private final SchoolDesk desk;
  private final Jobs jobs;
  private final QueueWatch queue;

  JobController(CurrentMember members, SchoolDesk desk, Jobs jobs, QueueWatch queue) {
    this.members = members;
    this.desk = desk;
    this.jobs = jobs;
    this.queue = queue;
  }

  @GetMapping("/jobs/{job}/status")
  ResponseEntity<JobView> status(@PathVariable String job, HttpServletRequest request) {
    JobView view = JobView.of(desk.job(members.of(request), job));
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(view);
  }

  @PostMapping("/jobs/{job}/cancel")
  CancelledView cancel(@PathVariable String job, HttpServletRequest request) {
    Member member = members.of(request);
    Job found = desk.cancellable(member, job);
    Optional<Job> cancelled = jobs.cancel(found, member);
    return cancelled
        .map(CancelledView::of)
        .orElseThrow(() ->
            RefusedException.badRequest(
                "Cannot cancel job with status '%s'"
                    .formatted(desk.job(member, job).kept().status())));
  }

  @GetMapping("/queue/stats")
  StatsView stats(HttpServletRequest request) {
    return queue.stats(members.teacher(request).school());
  }

  @GetMapping("/queue/health")
  HealthView health(HttpServletRequest request) {
    return queue.health(members.of(request));
  }
}
