package dev.handoff;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose task it is, what it is about, and how urgent. The owner and the tenant decide who may see
/// it; the subject is the application's own key ("lesson-7"); a task without a start time is due at
/// once. It waits while one of its gates ([Gates]) is closed or full; one with a time to start
/// before is cancelled when no attempt has started by then.
public record Submission(
    String owner,
    @Nullable String tenant,
    @Nullable String subject,
    Priority priority,
    @Nullable Instant startAt,
    List<String> gates,
    @Nullable Instant startBefore) {
  private static final int KEY_LIMIT = 200;

  /// Each name has 1 to 200 characters; a task has to start before no time that is before its
  /// earliest start.
  public Submission {
    requireKey("owner", owner);
    if (tenant != null) {
      requireKey("tenant", tenant);
    }
    if (subject != null) {
      requireKey("subject", subject);
    }
    gates = gates.isEmpty() ? List.of() : Gates.requireGates(gates);
    if (startBefore != null && startAt != null && startBefore.isBefore(startAt)) {
      throw new IllegalArgumentException(
          "startBefore is not before startAt, was " + startBefore + " and " + startAt);
    }
  }

  /// A task that passes no gates.
  public Submission(
      String owner,
      @Nullable String tenant,
      @Nullable String subject,
      Priority priority,
      @Nullable Instant startAt) {
    this(owner, tenant, subject, priority, startAt, List.of(), null);
  }

  /// A task of this owner, without a tenant, of normal priority, due at once.
  public static Submission by(String owner) {
    return new Submission(owner, null, null, Priority.NORMAL, null, List.of(), null);
  }

  /// Returns a copy within this tenant: hidden from other tenants, and with a fair share of the
  /// workers.
  public Submission inTenant(String tenant) {
    return new Submission(owner, tenant, subject, priority, startAt, gates, startBefore);
  }

  /// Returns a copy with this subject, the application's own key for what the task is about.
  public Submission about(String subject) {
    return new Submission(owner, tenant, subject, priority, startAt, gates, startBefore);
  }

  /// Returns a copy with this priority.
  public Submission withPriority(Priority priority) {
    return new Submission(owner, tenant, subject, priority, startAt, gates, startBefore);
  }

  /// Returns a copy whose task starts no earlier than this time.
  public Submission startingAt(Instant startAt) {
    return new Submission(owner, tenant, subject, priority, startAt, gates, startBefore);
  }

  /// Returns a copy whose task is cancelled when no attempt has started before this time, with the
  /// code [CancelCode#TOO_LATE]. An attempt that has started goes on, and is repeated as its type
  /// says. A submit refuses a time that has passed ([StartPassedException]).
  ///
  /// @throws IllegalArgumentException for a time that is before the earliest start
  public Submission startingBefore(Instant startBefore) {
    return new Submission(owner, tenant, subject, priority, startAt, gates, startBefore);
  }

  /// Returns a copy whose task passes this gate as well, besides those of its type
  /// ([Policy#through]).
  ///
  /// @throws IllegalArgumentException for more than [Gates#GATES_PER_TASK], or a name that no gate
  ///   can have
  public Submission through(String gate) {
    return through(List.of(gate));
  }

  /// Returns a copy whose task passes these gates as well.
  public Submission through(Collection<String> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(gates);
    all.addAll(more);
    return new Submission(owner, tenant, subject, priority, startAt, all, startBefore);
  }

  /// The tenant, where there is one.
  public Optional<String> tenantName() {
    return Optional.ofNullable(tenant);
  }

  /// What it is about, where that was said.
  public Optional<String> subjectKey() {
    return Optional.ofNullable(subject);
  }

  static void requireKey(String name, String value) {
    if (value.isBlank() || value.length() > KEY_LIMIT) {
      throw new IllegalArgumentException(
          name + " has 1 to " + KEY_LIMIT + " characters and is not blank, had " + value.length());
    }
    if (!Texts.isWellFormed(value)) {
      throw new IllegalArgumentException(
          name + " is not a text: it has a surrogate without its other half");
    }
  }
}
