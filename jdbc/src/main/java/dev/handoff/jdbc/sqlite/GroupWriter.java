package dev.handoff.jdbc.sqlite;

import dev.handoff.HandoffException;
import dev.handoff.StoreUnavailableException;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.Listeners;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.jdbc.sql.SqliteErrors;
import dev.handoff.jdbc.sql.TextForm;
import dev.handoff.jdbc.sql.Uninterrupted;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/// The thread that writes. It runs the waiting writes in one transaction and commits once, so that
/// many callers share one sync of the disk. Callers block until their write is durable.
///
/// A write with users' code runs behind a savepoint, so that its exception does not affect the
/// others. If another write or the commit fails, the group is rolled back, and its halves run in
/// transactions of their own until only the failing write is left. So a write may run more than
/// once: it must change nothing but the database.
public final class GroupWriter implements AutoCloseable {
  /// [WriteSizes#GROUP] divided by the usual 500 rows of a group.
  private static final long ROW = 32L << 10;

  private final SqlSession session;
  private final SQLiteConnection connection;
  private final WriteGate gate;
  private final Duration patience;
  private final Listeners listeners;
  private final Supplier<Instant> now;
  private final int limit;
  private final int groupRows;
  private final BlockingQueue<QueuedWrite<?>> queue;
  private final Thread thread;
  private final AtomicLong commits = new AtomicLong();
  private volatile boolean closed;

  /// The largest number of waiting writes, the approximate size of a group, and the longest wait
  /// for the gate.
  public record WriterLimits(int queue, int group, Duration turn) {}

  public GroupWriter(
      SQLiteConnection connection,
      WriteGate gate,
      WriterLimits limits,
      Listeners listeners,
      Supplier<Instant> now) {
    this.connection = connection;
    this.session = new SqlSession(connection, TextForm.PLAIN);
    this.gate = gate;
    this.patience = limits.turn();
    this.listeners = listeners;
    this.now = now;
    this.limit = limits.queue();
    this.groupRows = limits.group();
    this.queue = new ArrayBlockingQueue<>(limit);
    // A platform thread: it spends its life in the driver's native code, which would hold a
    // carrier.
    this.thread = Thread.ofPlatform().name("handoff-writer").daemon().start(this::work);
  }

  /// One write, which may run more than once.
  public interface WriteOperation<T> {
    T run(WriteTransaction writing) throws SQLException;
  }

  /// Whether a write runs users' code, and about how many rows it writes.
  private record WriteKind(boolean usersCode, int rows) {}

  private final class QueuedWrite<T> {
    private final WriteOperation<T> operation;
    private final WriteKind kind;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private Announcements announcements = new Announcements();
    private @Nullable T result;
    private @Nullable Throwable failure;

    private QueuedWrite(WriteOperation<T> operation, WriteKind kind) {
      this.operation = operation;
      this.kind = kind;
    }

    private void run(SqlSession session) throws SQLException {
      announcements = new Announcements();
      failure = null;
      if (kind.usersCode()) {
        runApart(session);
      } else {
        result = operation.run(new WriteTransaction(session, now.get(), announcements));
      }
    }

    // Throwable: it is users' code. Some errors undo the whole transaction; then there is nothing
    // to go back to, and that is thrown.
    private void runApart(SqlSession session) throws SQLException {
      Savepoint before = session.connection().setSavepoint();
      try {
        result = operation.run(new WriteTransaction(session, now.get(), announcements));
        session.connection().releaseSavepoint(before);
      } catch (Throwable e) {
        try {
          session.connection().rollback(before);
          session.connection().releaseSavepoint(before);
        } catch (SQLException gone) {
          e.addSuppressed(gone);
          throw e;
        }
        fail(e);
      }
    }

    private void fail(Throwable cause) {
      failure = cause instanceof SQLException e ? SqliteErrors.translate(e) : cause;
    }

    @SuppressWarnings("NullAway") // the result is null only where the operation's T allows it
    private void complete() {
      if (failure == null) {
        answer.complete(result);
      } else {
        answer.completeExceptionally(failure);
      }
    }
  }

  /// Runs the operation and returns when it is durable. `rows` is about how many rows it writes. An
  /// interrupt does not end the wait, because the write happens anyway; the thread's flag stays
  /// set.
  ///
  /// @throws StoreUnavailableException when the queue is full, after [#close], or when the disk
  ///   refuses
  public <T> T write(int rows, WriteOperation<T> operation) {
    return write(new QueuedWrite<>(operation, new WriteKind(false, rows)));
  }

  /// As [#write(int, WriteOperation)], for an operation that runs users' code: its exception does
  /// not affect other writes.
  public <T> T writeUsers(int rows, WriteOperation<T> operation) {
    return write(new QueuedWrite<>(operation, new WriteKind(true, rows)));
  }

  /// Counts a large write as more rows.
  public static int rows(int rows, long size) {
    return rows + Math.toIntExact(Math.min(size / ROW, Integer.MAX_VALUE / 2));
  }

  private <T> T write(QueuedWrite<T> waiting) {
    if (gate.isHeldByThisThread()) {
      throw new HandoffException(
          "this thread has a write transaction open on the task store's database, for which this"
              + " call would wait in vain; submit within the transaction, and call everything else"
              + " after it");
    }
    if (closed) {
      throw SqliteErrors.closed();
    }
    if (!queue.offer(waiting)) {
      throw SqliteErrors.queueFull(limit);
    }
    // Closed meanwhile: either the writer still takes it, or it is ours to take back.
    if (closed && queue.remove(waiting)) {
      throw SqliteErrors.closed();
    }
    return join(waiting.answer);
  }

  private static <T> T join(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  /// Returns the number of committed transactions, which groups several writes each.
  public long commits() {
    return commits.get();
  }

  public int waiting() {
    return queue.size();
  }

  private void work() {
    List<QueuedWrite<?>> group = new ArrayList<>();
    while (!(closed && queue.isEmpty())) {
      group.add(take());
      runInTurn(group);
      group.clear();
    }
  }

  // Users' effects run on this thread and may leave its flag set.
  private QueuedWrite<?> take() {
    while (true) {
      try {
        return queue.take();
      } catch (InterruptedException strayed) {
        // Thrown, it has cleared the flag.
      }
    }
  }

  private void runInTurn(List<QueuedWrite<?>> group) {
    if (!enterGate()) {
      queue.drainTo(group);
      group.forEach(each -> each.fail(SqliteErrors.noTurn(patience)));
      group.forEach(QueuedWrite::complete);
      return;
    }
    try {
      takeMore(group);
      runGroup(group);
    } finally {
      gate.leave();
    }
    group.forEach(QueuedWrite::complete);
    listeners.tell(
        group.stream()
            .filter(each -> each.failure == null)
            .map(each -> each.announcements)
            .toList());
  }

  private boolean enterGate() {
    while (true) {
      try {
        return gate.enter(patience);
      } catch (InterruptedException strayed) {
        // Thrown, it has cleared the flag.
      }
    }
  }

  private void takeMore(List<QueuedWrite<?>> group) {
    int rows = group.getFirst().kind.rows();
    while (rows < groupRows) {
      QueuedWrite<?> next = queue.poll();
      if (next == null) {
        return;
      }
      group.add(next);
      rows += next.kind.rows();
    }
  }

  private void runGroup(List<QueuedWrite<?>> group) {
    try {
      SqliteTransaction.beginWriting(connection);
    } catch (SQLException e) {
      group.forEach(each -> each.fail(e));
      return;
    }
    if (!runTogether(group)) {
      int half = group.size() / 2;
      runGroup(group.subList(0, half));
      runGroup(group.subList(half, group.size()));
    }
  }

  // Throwable: effects are users' code, and this loop has to survive it.
  private boolean runTogether(List<QueuedWrite<?>> group) {
    try {
      for (QueuedWrite<?> each : group) {
        each.run(session);
      }
    } catch (Throwable e) {
      SqliteTransaction.rollback(connection);
      if (group.size() == 1) {
        group.getFirst().fail(e);
        return true;
      }
      return false;
    }
    try {
      SqliteTransaction.commit(connection);
      commits.incrementAndGet();
      return true;
    } catch (SQLException e) {
      if (group.size() == 1) {
        group.getFirst().fail(e);
        return true;
      }
      return false;
    }
  }

  /// Finishes the waiting writes, then stops the thread.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    // Wakes the thread, after everything that waits.
    QueuedWrite<Boolean> last = new QueuedWrite<>(ignored -> true, new WriteKind(false, 0));
    Uninterrupted.run(() -> queue.put(last));
    Uninterrupted.run(thread::join);
    closeConnection();
  }

  private void closeConnection() {
    try {
      session.close();
      connection.close();
    } catch (SQLException e) {
      throw SqliteErrors.translate(e);
    }
  }
}
