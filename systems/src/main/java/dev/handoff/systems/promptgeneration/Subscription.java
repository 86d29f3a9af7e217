package dev.handoff.systems.promptgeneration;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an owner has bought. Its tokens are an account of the engine's budgets; that account's
/// balance is the one truth about what remains. Its plan is null where none is noted.
public record Subscription(
    String id,
    String userId,
    Instant startDate,
    @Nullable Instant endDate,
    boolean active,
    String status,
    @Nullable String planId) {
  /// The account that its tokens are in.
  public String account() {
    return "subscription:" + id;
  }

  boolean isOverAt(Instant now) {
    return endDate != null && endDate.isBefore(now);
  }

  /// Whole days until its end, a begun one counted; null when it has none.
  public @Nullable Long daysRemainingAt(Instant now) {
    if (endDate == null) {
      return null;
    }
    Duration left = Duration.between(now, endDate);
    return left.isNegative() ? 0L : left.plusDays(1).minusNanos(1).toDays();
  }
}
