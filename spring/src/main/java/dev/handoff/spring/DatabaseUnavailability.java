package dev.handoff.spring;

import dev.handoff.StoreUnavailableException;
import dev.handoff.jdbc.DatabaseFailures;
import dev.handoff.spring.web.Unavailability;
import java.time.Duration;
import java.util.Optional;
import org.springframework.transaction.TransactionSystemException;

/// Waiting helps when the store's database is away or busy, whoever found out: the store, or the
/// application on its own tables.
final class DatabaseUnavailability implements Unavailability {
  private static final int DEEPEST = 16;

  @Override
  public Optional<Duration> retryAfter(Throwable failure) {
    return DatabaseFailures.unavailable(failure)
        .or(() -> overridden(failure).flatMap(DatabaseFailures::unavailable))
        .map(StoreUnavailableException::retryAfter);
  }

  // A connection that breaks in the middle of a transaction cannot be rolled back either, and that
  // is what is thrown; it keeps the reason apart.
  private static Optional<Throwable> overridden(Throwable failure) {
    Throwable each = failure;
    for (int depth = 0; each != null && depth < DEEPEST; depth++) {
      if (each instanceof TransactionSystemException end && end.getApplicationException() != null) {
        return Optional.of(end.getApplicationException());
      }
      each = each.getCause();
    }
    return Optional.empty();
  }
}
