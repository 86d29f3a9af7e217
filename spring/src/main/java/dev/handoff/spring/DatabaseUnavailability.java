package dev.handoff.spring;

import dev.handoff.StoreUnavailableException;
import dev.handoff.jdbc.DatabaseFailures;
import dev.handoff.spring.web.Unavailability;
import java.time.Duration;
import java.util.Optional;
import org.springframework.transaction.TransactionSystemException;

/// Recognizes failures because the database cannot be reached or is busy, in the store or in the
/// application's own statements.
final class DatabaseUnavailability implements Unavailability {
  private static final int MAX_CAUSES = 16;

  @Override
  public Optional<Duration> retryAfter(Throwable failure) {
    return DatabaseFailures.unavailable(failure)
        .or(() -> overridden(failure).flatMap(DatabaseFailures::unavailable))
        .map(StoreUnavailableException::retryAfter);
  }

  // A connection that breaks in a transaction cannot be rolled back either. The exception of the
  // rollback is thrown, and holds the cause separately.
  private static Optional<Throwable> overridden(Throwable failure) {
    Throwable each = failure;
    for (int depth = 0; each != null && depth < MAX_CAUSES; depth++) {
      if (each instanceof TransactionSystemException end && end.getApplicationException() != null) {
        return Optional.of(end.getApplicationException());
      }
      each = each.getCause();
    }
    return Optional.empty();
  }
}
