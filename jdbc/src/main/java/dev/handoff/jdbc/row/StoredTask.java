package dev.handoff.jdbc.row;

import dev.handoff.Task;
import dev.handoff.store.Claim.Round;
import java.time.Duration;

/// A task together with what only the store needs of it: the number of its last lease, how long it
/// can be seen after its end, from where its policy counts, and whether its end is to be announced.
public record StoredTask(
    Task task, long fence, Duration retention, Round round, boolean announceEnd) {
  /// Whether it has ended, and somebody wants to know.
  boolean isToBeAnnounced() {
    return announceEnd && task.isTerminal();
  }

  /// How many attempts each round has.
  int attemptsPerRound() {
    return task.activity().maxAttempts() - round.attemptsBefore();
  }
}
