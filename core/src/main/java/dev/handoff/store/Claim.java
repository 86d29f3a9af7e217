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
    Round round,
    Instant claimedAt,
    Payload request,
    long lastEvent) {

  /// From where the policy counts: how many attempts were made before, and when the round began.
  /// The first round begins when the task may first run, and another one with each retry by hand.
  public record Round(int attemptsBefore, Instant since) {}
}
