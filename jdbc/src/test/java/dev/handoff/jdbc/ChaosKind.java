package dev.handoff.jdbc;

import dev.handoff.Limits;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.Sharing;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The task types of [ChaosTest]. `planned` is the first attempt that can complete.
enum ChaosKind {
  NOTHING(1),
  STEPS(1),
  CHUNKS(1),
  SLOW(1),
  /// The first attempt throws.
  SECOND_TRY(2),
  /// The first attempt sleeps beyond its hard limit.
  TIMED_OUT(2),
  /// Snoozes twice; a step remembers each.
  SNOOZED(1),
  /// Joins the owner's open task with the same request.
  JOINED(1),
  /// Joins, and takes a recent result.
  CACHED(1),
  /// Keeps the processor busy for as long as the request says.
  COMPUTES(1),
  /// Inserts a row without a unique key.
  EFFECT(1),
  /// Adds one to a counter whose row others lock.
  COUNTED(1),
  /// The effect of the first attempt throws a RuntimeException.
  EFFECT_THROWS(2),
  /// The effect of the first attempt throws an Error.
  EFFECT_BREAKS(2),
  /// Reserves in the handler and settles at its end; the first attempt throws.
  PAID(2),
  /// Reserved for in the transaction of its submit.
  PAID_AHEAD(1),
  /// Uses up its attempts, and completes in a round that a person grants.
  RETRIED_BY_HAND(5);

  /// More than the storm should cost any task.
  static final int ATTEMPTS = 40;

  static final int ATTEMPTS_OF_A_ROUND = 3;
  static final Duration CACHE_FOR = Duration.ofSeconds(3);
  static final Duration HARD_LIMIT = Duration.ofSeconds(1);
  static final long RESERVED = 5;
  static final long SETTLED = 3;
  static final List<String> ACCOUNTS = List.of("tokens", "credits", "cents");

  private final int planned;

  ChaosKind(int planned) {
    this.planned = planned;
  }

  static ChaosKind of(String type) {
    return Stream.of(values())
        .filter(kind -> kind.typeName().equals(type))
        .findFirst()
        .orElseThrow();
  }

  String typeName() {
    return name().toLowerCase(Locale.ROOT);
  }

  TaskType<String, String> type() {
    Policy policy =
        Policy.DEFAULTS.withRetry(RetryPolicy.every(Duration.ofMillis(100)).upTo(attempts()));
    return TaskType.of(typeName(), String.class, String.class)
        .withPolicy(
            switch (this) {
              case JOINED -> policy.withSharing(Sharing.joining());
              case CACHED ->
                  policy.withSharing(Sharing.joining().caching(CACHE_FOR, Sharing.Scope.EVERYONE));
              case TIMED_OUT -> policy.withLimits(Limits.hard(HARD_LIMIT));
              default -> policy;
            });
  }

  /// How many attempts one round may have.
  int attempts() {
    return this == RETRIED_BY_HAND ? ATTEMPTS_OF_A_ROUND : ATTEMPTS;
  }

  int planned() {
    return planned;
  }

  /// Whether a submit may be answered with another one's task or result.
  boolean isShared() {
    return this == JOINED || this == CACHED;
  }

  boolean isPaid() {
    return this == PAID || this == PAID_AHEAD || this == RETRIED_BY_HAND;
  }

  boolean insertsRow() {
    return this == EFFECT || this == EFFECT_THROWS || this == EFFECT_BREAKS;
  }

  /// The account that pays for this task.
  static String account(TaskId task) {
    return ACCOUNTS.get(Math.floorMod(task.toString().hashCode(), ACCOUNTS.size()));
  }
}
