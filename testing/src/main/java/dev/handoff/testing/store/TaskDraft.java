package dev.handoff.testing.store;

import dev.handoff.Payload;
import dev.handoff.Priority;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.store.NewTask;
import dev.handoff.store.NewTask.Equality;
import dev.handoff.store.NewTask.StoredPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// A task for a test, before it is submitted. What the test does not set has a default.
public record TaskDraft(
    String type, Submission submission, Payload request, StoredPolicy terms, Equality equality) {
  private static final AtomicLong MADE = new AtomicLong();

  /// Asha's task of type `chat`, due at once, with three attempts, kept for a day.
  public static TaskDraft aTask() {
    return new TaskDraft(
        "chat",
        Submission.by("asha@demo.test"),
        new Payload("{\"question\":\"What is x?\"}"),
        new StoredPolicy(3, Duration.ofDays(1), false),
        Equality.NONE);
  }

  /// An id that sorts after all that were made before it in this process and at earlier times.
  public static TaskId nextId(Instant at) {
    long number = MADE.incrementAndGet();
    long time = at.toEpochMilli() << 16;
    return new TaskId(
        new UUID(
            time | 0x7000 | ((number >>> 32) & 0xfff), Long.MIN_VALUE | (number & 0xffff_ffffL)));
  }

  public TaskDraft ofType(String type) {
    return new TaskDraft(type, submission, request, terms, equality);
  }

  /// Whose it is and when it may start.
  public TaskDraft with(Submission submission) {
    return new TaskDraft(type, submission, request, terms, equality);
  }

  public TaskDraft inTenant(String tenant) {
    return with(submission.inTenant(tenant));
  }

  public TaskDraft withPriority(Priority priority) {
    return with(submission.withPriority(priority));
  }

  public TaskDraft startingAt(Instant startAt) {
    return with(submission.startingAt(startAt));
  }

  public TaskDraft startingBefore(Instant startBefore) {
    return with(submission.startingBefore(startBefore));
  }

  public TaskDraft asking(String request) {
    return new TaskDraft(type, submission, new Payload(request), terms, equality);
  }

  public TaskDraft withAttempts(int maxAttempts) {
    return with(new StoredPolicy(maxAttempts, terms.retention(), terms.announceEnd()));
  }

  /// Kept for this long after its end.
  public TaskDraft keptFor(Duration retention) {
    return with(new StoredPolicy(terms.maxAttempts(), retention, terms.announceEnd()));
  }

  public TaskDraft announced() {
    return with(new StoredPolicy(terms.maxAttempts(), terms.retention(), true));
  }

  private TaskDraft with(StoredPolicy terms) {
    return new TaskDraft(type, submission, request, terms, equality);
  }

  /// Joined by tasks with the same key.
  public TaskDraft joinedBy(String key) {
    return new TaskDraft(
        type,
        submission,
        request,
        terms,
        new Equality(key, equality.cacheKey(), equality.cacheFor()));
  }

  /// Takes the place of a task with the same key that waits.
  public TaskDraft replacing(String key) {
    return joinedBy(Equality.REPLACING + key);
  }

  /// Answered with a result of the same key that is at most this old.
  public TaskDraft cachedBy(String key, Duration cacheFor) {
    return new TaskDraft(
        type, submission, request, terms, new Equality(equality.joinKey(), key, cacheFor));
  }

  /// The task as it is submitted at this time, with an id of its own.
  public NewTask at(Instant createdAt) {
    return new NewTask(nextId(createdAt), type, submission, request, createdAt, terms, equality);
  }
}
