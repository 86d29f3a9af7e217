package dev.handoff.systems.teamevaluation.web;

import dev.handoff.Handoff;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.systems.teamevaluation.Job;
import dev.handoff.systems.teamevaluation.Jobs;
import dev.handoff.systems.teamevaluation.Member;
import dev.handoff.systems.teamevaluation.Member.School;
import dev.handoff.systems.teamevaluation.TeamEvaluationTasks;
import dev.handoff.systems.teamevaluation.web.JobViews.HealthView;
import dev.handoff.systems.teamevaluation.web.JobViews.StatsView;
import dev.handoff.systems.teamevaluation.web.JobViews.WorkerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How the queue is, as a school may see it: its own jobs, and whether somebody works. Safe for use
/// by many threads.
record QueueStatus(
    Handoff handoff, Jobs jobs, HandoffProperties settings, TeamEvaluationTasks tasks) {
  private static final int SHOWN = 20;

  /// How many jobs stand how; the workers are how many summaries this node makes at once.
  StatsView stats(School school) {
    return StatsView.of(jobs.counts(school), worksHere() ? slots() : 0);
  }

  /// Whether this node makes summaries, and which of the school's it is at. Other schools' are not
  /// named, and none to a pupil.
  HealthView health(Member member) {
    School school = member.school();
    Map<String, Integer> counts = jobs.counts(school);
    List<WorkerView> workers = new ArrayList<>();
    if (worksHere()) {
      List<String> current = jobs.processing(school, Math.min(SHOWN, slots()));
      for (int i = 0; i < Math.min(SHOWN, slots()); i++) {
        String job = i < current.size() ? current.get(i) : null;
        String state = job == null ? "idle" : "busy";
        workers.add(new WorkerView("worker-" + (i + 1), state, member.isStudent() ? null : job));
      }
    }
    return HealthView.of(workers, counts.getOrDefault(Job.QUEUED, 0));
  }

  private int slots() {
    return Math.min(settings.worker().concurrency(), tasks.concurrency());
  }

  private boolean worksHere() {
    return settings.role().runsTasks() && handoff.status().running();
  }
}
