package dev.handoff.jdbc.row;

import dev.handoff.Task;
import dev.handoff.store.Claim.RetryRound;
import java.time.Duration;

/// A task with the columns that only the store uses: its last fence, its retention, the begin of
/// its retry round, and whether its end is announced.
public record StoredTask(
    Task task, long fence, Duration retention, RetryRound round, boolean announceEnd) {
  boolean isToBeAnnounced() {
    return announceEnd && task.isTerminal();
  }

  int attemptsPerRound() {
    return task.activity().maxAttempts() - round.attemptsBefore();
  }
}
