package dev.handoff.systems.teamevaluation;

import dev.handoff.Handoff;
import dev.handoff.HandoffException;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskStatus;
import dev.handoff.TaskSummary;
import dev.handoff.TaskType;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.teamevaluation.Job.About;
import dev.handoff.systems.teamevaluation.Job.Delivered;
import dev.handoff.systems.teamevaluation.Job.JobStatus;
import dev.handoff.systems.teamevaluation.Job.JobTerms;
import dev.handoff.systems.teamevaluation.Member.School;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Asks the engine for summaries, at most one at a time for each pupil and evaluation, and tells
/// how they stand. Safe for use by many threads.
public record Jobs(
    Handoff handoff,
    TaskType<SummaryRequest, SummaryResult> type,
    JobTable jobs,
    SummaryMaker maker,
    SystemsDatabase db) {
  private static final int LOOKED_UP = 1_000;
  private static final int CLASHES = 10_000;

  public record JobRequest(Evaluation evaluation, Member student, JobTerms terms) {
    About about() {
      return new About(evaluation.school().id(), evaluation.id(), student.id(), null);
    }
  }

  public record QueuedJob(Job job, Way way) {}

  public enum Way {
    QUEUED,
    ALREADY_QUEUED,
    ALREADY_EXISTS,
    FAILED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The pupil's open job, else a completed one for the same feedback, else a new one. Where the
  /// engine takes none now, a failed one.
  public QueuedJob ask(JobRequest wish) {
    Optional<QueuedJob> there = there(wish);
    if (there.isPresent()) {
      return there.get();
    }
    try {
      return db.inTransaction(() -> handedOff(wish));
    } catch (HandoffException | DataAccessException | TransactionException refused) {
      // A commit whose answer was lost may have happened.
      return there(wish)
          .orElseGet(() -> new QueuedJob(db.inTransaction(() -> notHandedOff(wish)), Way.FAILED));
    }
  }

  /// The same for several, in one transaction if that works.
  public List<QueuedJob> askAll(List<JobRequest> wishes) {
    try {
      return db.inTransaction(
          () -> wishes.stream().map(wish -> there(wish).orElseGet(() -> handedOff(wish))).toList());
    } catch (HandoffException | DataAccessException | TransactionException refused) {
      return wishes.stream().map(this::ask).toList();
    }
  }

  private Optional<QueuedJob> there(JobRequest wish) {
    for (Job open : jobs.open(wish.about())) {
      Job now = settled(open);
      if (now.kept().isOpen()) {
        return Optional.of(new QueuedJob(now, Way.ALREADY_QUEUED));
      }
    }
    String hash = maker.feedback(wish.evaluation(), wish.student()).hash();
    return jobs.answering(wish.about(), hash).map(job -> new QueuedJob(job, Way.ALREADY_EXISTS));
  }

  /// Within the caller's transaction: the task exists exactly when the job does. When two ask at
  /// once the engine joins the second to the first one's task, and the job of that is the answer.
  QueuedJob handedOff(JobRequest wish) {
    Member student = wish.student();
    School school = wish.evaluation().school();
    Submission submission =
        Submission.by(student.taskOwner())
            .inTenant(school.tenant())
            .about("evaluation-%d-student-%d".formatted(wish.evaluation().id(), student.id()))
            .withPriority(wish.terms().priority());
    SummaryRequest request =
        new SummaryRequest(
            school.id(),
            school.tenant(),
            wish.evaluation().id(),
            student.id(),
            wish.terms().maxRetries());
    TaskId task = handoff.submit(type, request, submission);
    Optional<Job> joined = jobs.ofTask(task);
    if (joined.isPresent()) {
      jobs.reopen(task);
      return new QueuedJob(joined.get().standing(JobStatus.NEW), Way.ALREADY_QUEUED);
    }
    return new QueuedJob(added(wish, task, JobStatus.NEW), Way.QUEUED);
  }

  private Job notHandedOff(JobRequest wish) {
    return added(
        wish, null, JobStatus.notQueued(SummaryFailures.NOT_TAKEN, handoff.clock().instant()));
  }

  private Job added(JobRequest wish, @Nullable TaskId task, JobStatus standing) {
    Instant now = handoff.clock().instant();
    About about = wish.about();
    for (int turn = 1; turn < CLASHES; turn++) {
      Job job =
          new Job(
              JobIds.of(about, now, turn),
              new About(about.school(), about.evaluation(), about.student(), task),
              wish.terms(),
              now,
              standing,
              new Delivered(false, 0));
      if (jobs.add(job)) {
        return job;
      }
    }
    throw new IllegalStateException("no id is free for another job of this second");
  }

  /// The school's job with this id, as it stands now.
  Optional<Job> find(School school, String id) {
    return jobs.find(school, id).map(this::now);
  }

  /// The newest jobs of an evaluation as they stand now: all, or those that stand like this.
  public List<Job> of(Evaluation evaluation, Optional<String> status) {
    List<Job> all = jobs.of(evaluation, status);
    Map<TaskId, TaskSummary> open = summaries(openTasks(all));
    List<Job> now = new ArrayList<>(all.size());
    for (Job job : all) {
      TaskSummary task = job.about().task() == null ? null : open.get(job.about().task());
      // Nothing has happened to most that wait; the others are looked at.
      boolean isNew =
          task != null && task.status() == TaskStatus.QUEUED && task.activity().attempt() == 0;
      now.add(isNew ? job : now(job));
    }
    status.ifPresent(word -> now.removeIf(job -> !job.kept().status().equals(word)));
    return now;
  }

  /// The newest jobs of an evaluation that have not ended as far as the rows know.
  public List<Job> unsettled(Evaluation evaluation) {
    return jobs.of(evaluation, Optional.of(Job.QUEUED));
  }

  private static List<TaskId> openTasks(List<Job> all) {
    List<TaskId> tasks = new ArrayList<>();
    for (Job job : all) {
      TaskId task = job.about().task();
      if (job.kept().isOpen() && task != null) {
        tasks.add(task);
      }
    }
    return tasks;
  }

  /// How many of a school's jobs stand how.
  public Map<String, Integer> counts(School school) {
    Map<String, Integer> counts = new HashMap<>(jobs.ended(school));
    summaries(List.copyOf(jobs.openTasks(school).keySet()))
        .values()
        .forEach(task -> counts.merge(task.status().word(), 1, Integer::sum));
    return counts;
  }

  /// The school's jobs that are worked on now, at most so many.
  public List<String> processing(School school, int atMost) {
    Map<TaskId, String> open = jobs.openTasks(school);
    Map<TaskId, TaskSummary> tasks = summaries(List.copyOf(open.keySet()));
    return open.entrySet().stream()
        .filter(entry -> isProcessing(tasks.get(entry.getKey())))
        .map(Map.Entry::getValue)
        .limit(atMost)
        .toList();
  }

  private static boolean isProcessing(@Nullable TaskSummary task) {
    return task != null && task.status() == TaskStatus.PROCESSING;
  }

  private Map<TaskId, TaskSummary> summaries(List<TaskId> tasks) {
    Map<TaskId, TaskSummary> found = new HashMap<>();
    for (int from = 0; from < tasks.size(); from += LOOKED_UP) {
      List<TaskId> some = tasks.subList(from, Math.min(tasks.size(), from + LOOKED_UP));
      handoff.findAll(some).forEach(task -> found.put(task.id(), task));
    }
    return found;
  }

  /// Ends an open one.
  ///
  /// @return the job as it stands afterwards, if it was open
  public Optional<Job> cancel(Job job, Member by) {
    TaskId task = job.about().task();
    if (task == null || !handoff.cancel(task, "Cancelled in the school.")) {
      return Optional.empty();
    }
    jobs.cancelledBy(by.school(), job.id(), by);
    return Optional.of(settled(job));
  }

  /// Has the pupil's next summary made anew.
  void retire(JobRequest wish) {
    jobs.open(wish.about()).forEach(this::settled);
    jobs.retire(wish.about());
  }

  /// Writes down that the task of a job has ended.
  Optional<Job> ended(Task task) {
    return jobs.ofTask(task.id()).map(job -> settled(job, task));
  }

  private Job settled(Job job) {
    Optional<Task> task = Optional.ofNullable(job.about().task()).flatMap(handoff::find);
    return task.map(found -> found.isTerminal() ? settled(job, found) : standing(job, found))
        // Its end was not written down, and nobody knows any more what it was.
        .orElseGet(() -> job.standing(lost()));
  }

  private JobStatus lost() {
    return JobStatus.notQueued(SummaryFailures.INTERRUPTED, handoff.clock().instant());
  }

  private Job settled(Job job, Task task) {
    Job ended = standing(job, task);
    jobs.settle(task.id(), ended.kept());
    return ended;
  }

  /// The job as it stands now.
  public Job now(Job job) {
    if (!job.kept().isOpen()) {
      return job;
    }
    return Optional.ofNullable(job.about().task())
        .flatMap(handoff::find)
        .map(task -> standing(job, task))
        .orElseGet(() -> job.standing(lost()));
  }

  private Job standing(Job job, Task task) {
    return job.standing(JobStatus.of(task, handoff.result(type, task), job.terms()));
  }
}
