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
    Instant createdAt,
    Instant claimedAt,
    Payload request) {}
