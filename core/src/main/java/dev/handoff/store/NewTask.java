package dev.handoff.store;

import dev.handoff.Payload;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A task to store. The store decides in the same transaction whether an equal task is used
/// instead.
public record NewTask(
    TaskId id,
    String type,
    Submission submission,
    Payload request,
    Instant createdAt,
    StoredPolicy policy,
    Equality equality) {

  /// What the store must know of the type's policy to act without the type: after a crash, or on a
  /// node that does not have it; and whether its end is to be announced.
  public record StoredPolicy(int maxAttempts, Duration retention, boolean announceEnd) {}

  /// The keys by which equal tasks are found; `null` to look for none. At most one open task has a
  /// given join key. It is joined if it runs, or waits with no later start and no lower priority;
  /// otherwise the new task takes over the key, and the waiting one stays as it was submitted. A
  /// task that replaces joins none: it takes over the key, and one that waits is cancelled.
  public record Equality(@Nullable String joinKey, @Nullable String cacheKey, Duration cacheFor) {
    /// What the join key begins with that is made of the caller's own key. A task has it for as
    /// long as it is found: whatever becomes of the task, and however urgent the new one is, it is
    /// joined.
    public static final String OWN_KEY = "key:";

    /// Returns the keys of a task that the caller gave a key of its own.
    public static Equality ofOwnKey(String digest) {
      return new Equality(OWN_KEY + digest, null, Duration.ZERO);
    }

    /// What the join key begins with of tasks of which a newer one replaces one that waits.
    public static final String REPLACING = "new:";

    /// Returns whether an equal task that waits is cancelled in favour of this one.
    public boolean replaces() {
      return joinKey != null && joinKey.startsWith(REPLACING);
    }

    /// Returns whether the caller gave a key of its own.
    public boolean hasOwnKey() {
      return joinKey != null && joinKey.startsWith(OWN_KEY);
    }

    /// A task of its own.
    public static final Equality NONE = new Equality(null, null, Duration.ZERO);
  }

  /// When it may first run.
  public Instant dueAt() {
    Instant startAt = submission.startAt();
    return startAt == null || startAt.isBefore(createdAt) ? createdAt : startAt;
  }
}
