package dev.handoff.store;

import dev.handoff.Lease;
import dev.handoff.Payload;
import dev.handoff.Submission;
import java.time.Instant;

/// A task taken to run: the right to do so, and what the attempt needs. The event that it started
/// is stored already, with the number `lastEvent`; `maxAttempts` is the number of the last attempt
/// that the task is granted, as it was submitted or retried by hand.
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

  /// What the policy counts from: so many attempts were made before, and the time at which it
  /// began. A task begins its first round when it may first run, and another one with each retry by
  /// hand.
  public record Round(int attemptsBefore, Instant since) {}
}
