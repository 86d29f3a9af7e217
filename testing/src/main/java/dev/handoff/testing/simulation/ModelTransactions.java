package dev.handoff.testing.simulation;

import dev.handoff.HandoffException;
import dev.handoff.StoreUnavailableException;
import dev.handoff.testing.simulation.ModelWrite.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Transactions of the application. An operation runs on the committed data and the operations
/// before it, and is undone; the commit repeats all of them, and fails if one returns another
/// result than before.
final class ModelTransactions {
  private static final Duration RETRY_AFTER = Duration.ofMillis(100);

  private final ModelDatabase database;

  // Not static: each database has transactions of its own.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable PendingTransaction> current = new ThreadLocal<>();

  /// The operations of one transaction, and the number of restores before it.
  private static final class PendingTransaction {
    private final long restored;
    private final List<Pending<?>> pending = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();

    PendingTransaction(long restored) {
      this.restored = restored;
    }
  }

  private record RepeatedCommit(ModelTaskStore by, ModelCommit commit) {}

  private record Pending<T>(ModelTaskStore by, Instant now, Operation<T> operation, T answer) {
    RepeatedCommit repeat(ModelTables tables) {
      ModelCommit commit = new ModelCommit();
      T now = operation.run(new ModelWrite(tables, this.now, commit));
      if (!now.equals(answer)) {
        throw new HandoffException("the answer was " + answer + " and is " + now);
      }
      return new RepeatedCommit(by, commit);
    }
  }

  ModelTransactions(ModelDatabase database) {
    this.database = database;
  }

  boolean isOpen() {
    return current.get() != null;
  }

  private PendingTransaction open() {
    return Objects.requireNonNull(current.get(), "no transaction is open");
  }

  void run(Runnable work) {
    if (isOpen()) {
      work.run();
      return;
    }
    PendingTransaction scope =
        new PendingTransaction(database.alone(ignored -> database.restored()));
    current.set(scope);
    try {
      work.run();
    } finally {
      current.remove();
    }
    commit(scope);
    scope.afterCommit.forEach(Runnable::run);
  }

  private void commit(PendingTransaction scope) {
    List<RepeatedCommit> told =
        database.alone(tables -> {
          List<RepeatedCommit> all = repeat(scope, tables);
          all.forEach(each -> each.by().tellEvents(each.commit()));
          return all;
        });
    told.forEach(each -> each.by().tellWhatFollows(each.commit()));
  }

  private List<RepeatedCommit> repeat(PendingTransaction scope, ModelTables tables) {
    if (scope.restored != database.restored()) {
      throw conflict(null);
    }
    List<RepeatedCommit> all = new ArrayList<>();
    try {
      for (Pending<?> each : scope.pending) {
        all.add(each.repeat(tables));
      }
    } catch (HandoffException changed) {
      throw conflict(changed);
    }
    return all;
  }

  private static StoreUnavailableException conflict(@Nullable Throwable changed) {
    String message =
        "another write came in between; nothing of the transaction was written, try it again";
    return changed == null
        ? new StoreUnavailableException(message, RETRY_AFTER)
        : new StoreUnavailableException(message, RETRY_AFTER, changed);
  }

  /// Answers within the open transaction.
  <T> T read(Instant now, Operation<T> operation) {
    return database.tryOut(tables -> {
      var ignored = repeat(open(), tables);
      return operation.run(new ModelWrite(tables, now, new ModelCommit()));
    });
  }

  /// As [#read], and writes it when the transaction commits. What throws is left out of it.
  <T> T write(ModelTaskStore by, Instant now, Operation<T> operation) {
    T answer = read(now, operation);
    open().pending.add(new Pending<>(by, now, operation, answer));
    return answer;
  }

  void afterCommit(Runnable action) {
    open().afterCommit.add(action);
  }
}
