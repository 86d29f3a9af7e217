package dev.handoff;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One attempt of a task in its history.
///
/// @param attempt its number; one that was snoozed is followed by another one with the same number
/// @param endedAt null while it runs
/// @param failure why it failed; null while it runs, and when it completed, was snoozed or
///   cancelled
public record AttemptEntry(
    int attempt,
    NodeId node,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Failure failure) {

  AttemptEntry endedAt(Instant at, @Nullable Failure why) {
    return new AttemptEntry(attempt, node, startedAt, at, why);
  }
}
