package dev.handoff.store;

import dev.handoff.Lease;
import dev.handoff.Payload;
import dev.handoff.Submission;
import java.time.Instant;

/// A claimed task: the lease on it, and what its attempt needs. The event of the start is stored
/// already, with the number `lastEvent`; `maxAttempts` is the number of the last attempt that the
/// task is granted, as it was submitted or retried by hand.
public record Claim(
    Lease lease,
    String type,
    Submission submission,
    int attempt,
    int maxAttempts,
    RetryRound round,
    Instant claimedAt,
    Payload request,
    long lastEvent) {

  /// Where the retry policy counts from: the number of earlier attempts, and when the round began.
  /// The first round begins when the task may first run, and another one with each retry by hand.
  public record RetryRound(int attemptsBefore, Instant since) {}
}
