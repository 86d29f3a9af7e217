package dev.handoff.spring.api;

import dev.handoff.TimeSource;
import dev.handoff.Times;
import dev.handoff.spring.api.SubmitTables.Remembered;
import dev.handoff.spring.web.Problem;
import dev.handoff.spring.web.ProblemException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionOperations;

/// Submits once per idempotency key. The key and the tasks are written in one transaction: of two
/// requests with the same key, on any node and at any time, one submits and both get its answer.
/// Safe for use by many threads.
final class IdempotentSubmits {
  private final SubmitTables tables;
  private final TransactionOperations transactions;
  private final TimeSource clock;
  private final SubmitLimits limits;

  IdempotentSubmits(
      SubmitTables tables,
      TransactionOperations transactions,
      TimeSource clock,
      SubmitLimits limits) {
    this.tables = tables;
    this.transactions = transactions;
    this.clock = clock;
    this.limits = limits;
  }

  /// The id of the task or the batch, and whether an earlier request created it.
  record Receipt(String answer, boolean replayed) {}

  /// Returns the answer to an earlier request with this key.
  ///
  /// @throws ProblemException when it was used for something else
  Optional<Receipt> answered(IdempotencyKey key) {
    return tables.find(key, clock.instant()).map(remembered -> replay(key, remembered));
  }

  /// Submits in one transaction, unless the key was used.
  ///
  /// @param submit gives back the id of the task or the batch
  /// @throws ProblemException when the key was used for something else
  Receipt once(IdempotencyKey key, Supplier<String> submit) {
    return inTransaction(() -> {
      Instant now = clock.instant();
      if (!tables.take(key, now, Times.plus(now, limits.keysFor()))) {
        return replay(
            key,
            tables.find(key, now).orElseThrow(() -> new ProblemException(Problem.UNAVAILABLE)));
      }
      String answer = submit.get();
      tables.setAnswer(key, answer);
      return new Receipt(answer, false);
    });
  }

  /// Runs the action in one transaction.
  <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(ignored -> work.get()));
  }

  private static Receipt replay(IdempotencyKey key, Remembered remembered) {
    if (!remembered.fingerprint().equals(key.fingerprint())) {
      throw new ProblemException(Problem.IDEMPOTENCY_MISMATCH);
    }
    return new Receipt(remembered.answer(), true);
  }
}
