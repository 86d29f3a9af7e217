package dev.handoff.jdbc;

import dev.handoff.Payload;
import dev.handoff.Progress;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskId;
import dev.handoff.TaskLifecycle;
import dev.handoff.Usage;
import dev.handoff.jdbc.TaskTable.Standing;
import dev.handoff.store.NewTask;
import dev.handoff.store.NewTask.Equality;
import dev.handoff.store.Submitted;
import dev.handoff.store.Submitted.How;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Brings tasks into being, or finds that an equal one will do.
final class Submits {
  private static final String SELECT_JOINABLE =
      """
      select id from handoff_task
      where join_key = :join_key and state in ('queued', 'processing')
      """;

  private static final String SELECT_CACHED =
      """
      select result from handoff_task
      where cache_key = :cache_key and state = 'completed' and finished_at >= :since
        and expires_at > :now
      order by finished_at desc
      limit 1
      """;

  private final FairShare fairShare;

  Submits(FairShare fairShare) {
    this.fairShare = fairShare;
  }

  List<Submitted> submit(Writing writing, List<NewTask> tasks) throws SQLException {
    List<Submitted> answers = new ArrayList<>(tasks.size());
    for (NewTask task : tasks) {
      answers.add(submit(writing, task));
    }
    return answers;
  }

  private Submitted submit(Writing writing, NewTask given) throws SQLException {
    Session session = writing.session();
    Instant now = writing.now();
    Announcements announcements = writing.announcements();
    Optional<TaskId> joined = findJoinable(session, given.equality());
    if (joined.isPresent()) {
      return new Submitted(joined.get(), How.JOINED);
    }
    TaskSubmitted submitted = new TaskSubmitted(Millis.truncated(given.dueAt()));
    Task task = begin(given, submitted, now);
    Optional<Payload> cached = findCached(session, given.equality(), now);
    if (cached.isPresent()) {
      TaskEvent completed = new TaskCompleted(cached.get());
      Task done = TaskFold.apply(task, completed, now, given.terms().retention());
      // Without its keys: a result that is given out again does not become younger by it.
      TaskTable.insert(session, done, given, new Standing(null, null, null));
      log(writing, done, List.of(submitted, completed));
      return new Submitted(given.id(), How.CACHED);
    }
    TaskTable.insert(session, task, given, standing(given, submitted, now));
    log(writing, task, List.of(submitted));
    announcements.work();
    return new Submitted(given.id(), How.NEW);
  }

  // A task that is due later takes its turn then, and not from those who wait now.
  private Standing standing(NewTask given, TaskSubmitted submitted, Instant now) {
    Submission submission = given.submission();
    Long turn =
        submitted.dueAt().isAfter(now)
            ? null
            : Long.valueOf(
                fairShare.next(given.type(), submission.priority(), submission.tenant()));
    return new Standing(turn, given.equality().joinKey(), given.equality().cacheKey());
  }

  private static void log(Writing writing, Task task, List<TaskEvent> events) throws SQLException {
    Announcements announcements = writing.announcements();
    announcements.events(task.id(), EventTable.append(writing, task.id(), 1, events));
  }

  private static Task begin(NewTask given, TaskSubmitted submitted, Instant now) {
    return new Task(
        given.id(),
        given.type(),
        given.submission(),
        TaskLifecycle.begin(submitted),
        new Task.Activity(Progress.NONE, 0, given.terms().maxAttempts(), Usage.NONE, 1),
        new Task.Timeline(Millis.truncated(given.createdAt()), null, now, null));
  }

  private static Optional<TaskId> findJoinable(Session session, Equality equality)
      throws SQLException {
    return equality.joinKey() == null
        ? Optional.empty()
        : session.sql(SELECT_JOINABLE).set("join_key", equality.joinKey()).first(TaskReading::id);
  }

  private static Optional<Payload> findCached(Session session, Equality equality, Instant now)
      throws SQLException {
    Duration cacheFor = equality.cacheFor();
    return equality.cacheKey() == null || cacheFor.isZero()
        ? Optional.empty()
        : session
            .sql(SELECT_CACHED)
            .set("cache_key", equality.cacheKey())
            .set("since", now.minusMillis(Millis.of(cacheFor)))
            .set("now", now)
            .first(row -> new Payload(row.text("result")));
  }
}
