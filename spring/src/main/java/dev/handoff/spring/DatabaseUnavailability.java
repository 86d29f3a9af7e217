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
  @Override
  public Optional<Duration> retryAfter(Throwable failure) {
    return DatabaseFailures.unavailable(reason(failure)).map(StoreUnavailableException::retryAfter);
  }

  // A connection that breaks in the middle of a transaction cannot be rolled back either, and that
  // is what is thrown; it keeps the reason apart.
  private static Throwable reason(Throwable failure) {
    return failure instanceof TransactionSystemException overridden
            && overridden.getApplicationException() != null
        ? overridden.getApplicationException()
        : failure;
  }
}
