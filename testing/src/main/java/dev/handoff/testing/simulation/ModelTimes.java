package dev.handoff.testing.simulation;

import dev.handoff.Submission;
import dev.handoff.store.NewTask;
import dev.handoff.store.NewTask.StoredPolicy;
import java.time.Duration;
import java.time.Instant;

/// Times as the SQL stores keep them: whole milliseconds between the years 0 and 9999.
final class ModelTimes {
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final Duration LONGEST = Duration.ofDays(365_000);

  private ModelTimes() {}

  static Instant kept(Instant time) {
    if (time.isBefore(FIRST)) {
      return FIRST;
    }
    return time.isAfter(LAST) ? LAST : Instant.ofEpochMilli(time.toEpochMilli());
  }

  static Duration kept(Duration length) {
    return length.compareTo(LONGEST) > 0 ? LONGEST : Duration.ofMillis(length.toMillis());
  }

  static NewTask kept(NewTask given) {
    Submission submission = given.submission();
    Instant startAt = submission.startAt();
    Instant startBefore = submission.startBefore();
    StoredPolicy terms = given.policy();
    return new NewTask(
        given.id(),
        given.type(),
        new Submission(
            submission.owner(),
            submission.tenant(),
            submission.subject(),
            submission.priority(),
            startAt == null ? null : kept(startAt),
            submission.gates(),
            startBefore == null ? null : kept(startBefore)),
        given.request(),
        kept(given.createdAt()),
        new StoredPolicy(terms.maxAttempts(), kept(terms.retention()), terms.announceEnd()),
        given.equality());
  }
}
