package dev.handoff.systems.teamevaluation;

import dev.handoff.EndListener;
import dev.handoff.Handoff;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.spring.wire.WireJson;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Hears, durably, that summaries ended: writes it into their jobs, and hands off the message for
/// whoever wanted to be told. Safe for use by many threads.
final class JobEnds implements EndListener {
  private static final long START_SECONDS = 30;

  private final CompletableFuture<Parts> parts = new CompletableFuture<>();

  private record Parts(Handoff handoff, Jobs jobs) {}

  /// The engine is started with this listener, and so comes after it.
  void attach(Handoff handoff, Jobs jobs) {
    parts.complete(new Parts(handoff, jobs));
  }

  @Override
  public boolean wants(String type, Submission submission) {
    return type.equals(TeamEvaluationTasks.NAME);
  }

  @Override
  public void onEnd(Task task) throws Exception {
    if (!task.type().equals(TeamEvaluationTasks.NAME)) {
      return;
    }
    Parts to = parts.get(START_SECONDS, TimeUnit.SECONDS);
    Optional<Job> job = to.jobs().ended(task);
    if (job.isPresent()) {
      tell(job.get(), task, to.handoff());
    }
  }

  private static void tell(Job job, Task task, Handoff handoff) {
    String url = job.terms().webhook();
    String status = job.kept().status();
    if (url == null || status.equals(Job.CANCELLED)) {
      return;
    }
    Instant at = task.finishedAt().orElse(task.timeline().updatedAt());
    String body = WireJson.write(JobNotice.of(job, at));
    Submission submission =
        Submission.by("job:" + job.about().school())
            .inTenant(task.submission().tenantName().orElse("school"))
            .about(job.id());
    var _ =
        handoff.submit(
            JobMessages.TYPE,
            new JobMessage(job.id(), url, body, task.activity().lastEvent()),
            submission);
  }
}
