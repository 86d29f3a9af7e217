package dev.handoff;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which tasks to list. A condition that is null is none; no status means every status. A task was
/// created at the time in its id, to the millisecond: from `createdFrom` on and before
/// `createdUntil`.
///
/// `TaskQuery.by("asha").in(Set.of(TaskStatus.FAILED))` asks for what went wrong for Asha.
public record TaskQuery(
    @Nullable String owner,
    @Nullable String tenant,
    @Nullable String subject,
    @Nullable String type,
    Set<TaskStatus> statuses,
    @Nullable Instant createdFrom,
    @Nullable Instant createdUntil) {
  /// The most that one page has: more than a person looks through, less than a megabyte.
  public static final int PAGE_LIMIT = 200;

  /// The most that can be looked up by their ids at once.
  public static final int AT_ONCE = 1000;

  /// Every task of every owner.
  public static final TaskQuery EVERYTHING =
      new TaskQuery(null, null, null, null, Set.of(), null, null);

  /// Names as in [Submission], and a time that begins before it ends.
  public TaskQuery {
    requireName("owner", owner);
    requireName("tenant", tenant);
    requireName("subject", subject);
    requireName("type", type);
    if (createdFrom != null && createdUntil != null && !createdFrom.isBefore(createdUntil)) {
      throw new IllegalArgumentException(
          "createdFrom is before createdUntil, were " + createdFrom + " and " + createdUntil);
    }
    statuses = Set.copyOf(statuses);
  }

  /// Returns a query for the tasks of this owner.
  public static TaskQuery by(String owner) {
    return new TaskQuery(owner, null, null, null, Set.of(), null, null);
  }

  /// Of these only the ones in this tenant.
  public TaskQuery inTenant(String tenant) {
    return new TaskQuery(owner, tenant, subject, type, statuses, createdFrom, createdUntil);
  }

  /// Of these only the ones about this thing of the application's.
  public TaskQuery about(String subject) {
    return new TaskQuery(owner, tenant, subject, type, statuses, createdFrom, createdUntil);
  }

  /// Of these only the ones of this type.
  public TaskQuery ofType(String type) {
    return new TaskQuery(owner, tenant, subject, type, statuses, createdFrom, createdUntil);
  }

  /// Of these only the ones that stand so.
  public TaskQuery in(Set<TaskStatus> statuses) {
    return new TaskQuery(owner, tenant, subject, type, statuses, createdFrom, createdUntil);
  }

  /// Of these only the ones created then or later.
  public TaskQuery from(Instant createdFrom) {
    return new TaskQuery(owner, tenant, subject, type, statuses, createdFrom, createdUntil);
  }

  /// Of these only the ones created before.
  public TaskQuery until(Instant createdUntil) {
    return new TaskQuery(owner, tenant, subject, type, statuses, createdFrom, createdUntil);
  }

  /// The lowest id that can be among them.
  public TaskId lowest() {
    return TaskId.firstAt(createdFrom == null ? Instant.EPOCH : createdFrom);
  }

  /// The id below which all of a page are that goes on before the given one.
  public TaskId below(Optional<TaskId> before) {
    TaskId end = TaskId.firstAt(createdUntil == null ? Instant.MAX : createdUntil);
    return before.filter(id -> id.compareTo(end) < 0).orElse(end);
  }

  /// The size of a page, if it is one.
  ///
  /// @throws IllegalArgumentException when it is not 1 to [#PAGE_LIMIT]
  public static int requirePage(int atMost) {
    if (atMost < 1 || atMost > PAGE_LIMIT) {
      throw new IllegalArgumentException(
          "a page has 1 to " + PAGE_LIMIT + " tasks, was asked for " + atMost);
    }
    return atMost;
  }

  /// These ids without doubles, if they are not too many.
  ///
  /// @throws IllegalArgumentException when they are more than [#AT_ONCE]
  public static Set<TaskId> requireAtOnce(Collection<TaskId> ids) {
    if (ids.size() > AT_ONCE) {
      throw new IllegalArgumentException(
          "at most " + AT_ONCE + " tasks are looked up at once, was asked for " + ids.size());
    }
    return Set.copyOf(ids);
  }

  private static void requireName(String name, @Nullable String value) {
    if (value != null) {
      Submission.requireKey(name, value);
    }
  }
}
