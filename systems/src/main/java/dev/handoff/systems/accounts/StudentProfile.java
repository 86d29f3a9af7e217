package dev.handoff.systems.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of an account as an exam student, beside what every account has.
record StudentProfile(
    String studentId,
    @Nullable String subscriptionPlan,
    @Nullable Instant subscriptionExpiresAt,
    @Nullable Instant lastLogin) {}
