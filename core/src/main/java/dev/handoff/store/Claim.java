package dev.handoff.store;

import dev.handoff.Lease;
import dev.handoff.Payload;
import dev.handoff.Submission;
import java.time.Instant;

/// A task taken to run: the right to do so, and what the attempt needs. The event that it started
/// is stored already.
public record Claim(
    Lease lease,
    String type,
    Submission submission,
    int attempt,
    Round round,
    Instant claimedAt,
    Payload request) {

  /// What the policy counts from: so many attempts were made before, and the time at which it
  /// began. A task begins its first round at its submit, and another one with each retry by hand.
  public record Round(int attemptsBefore, Instant since) {}
}
