package dev.handoff.testing.simulation;

import dev.handoff.NodeId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// A database in memory that any number of [ModelTaskStore]s share: everything that they have
/// committed, and one table of the application's. It has no threads, no time and no randomness of
/// its own, and nothing in it depends on the order of hashes, so the same calls in the same order
/// give the same answers.
///
/// Safe for use by many threads: one operation at a time. An operation blocks nobody for longer
/// than it takes, because it waits for nothing. Transactions of the application ([#inTransaction])
/// lock nothing; one that meets another's write fails at its commit.
public final class ModelDatabase {
  private final ReentrantLock lock = new ReentrantLock();
  private final ModelTables tables = new ModelTables();
  private final AnnouncementLocks announcing = new AnnouncementLocks();
  private final ModelTransactions transactions = new ModelTransactions(this);
  private final List<ModelTaskStore> stores = new CopyOnWriteArrayList<>();
  private long restored;

  public ModelDatabase() {}

  /// The same data again, on its own from now on and without stores: a standby that is up to date.
  /// Costs a walk over all data.
  public ModelDatabase copy() {
    ModelDatabase copy = new ModelDatabase();
    return alone(mine -> {
      copy.tables.copyFrom(mine);
      return copy;
    });
  }

  /// Replaces all data by that of an older copy, as when a standby is promoted that was behind:
  /// what was committed since is lost. Transactions that are open fail at their commit. The stores
  /// are not told; a simulation lets them [hear][ModelTaskStore#hear] of [StoreHint.LostHint].
  public void restore(ModelDatabase older) {
    ModelDatabase source = older.copy();
    var ignored =
        alone(mine -> {
          mine.copyFrom(source.tables);
          announcing.clear();
          return restored++;
        });
  }

  /// Runs the work in a transaction of the application, which submits and calls of
  /// [budgets][ModelTaskStore#budgets] on this thread join, and commits. What it throws rolls back
  /// and goes through. Within another one it is part of that one.
  ///
  /// @throws dev.handoff.StoreUnavailableException when another write came in between that changes
  ///   an answer given in this transaction; nothing was written
  public void inTransaction(Runnable work) {
    transactions.run(work);
  }

  /// As when the server sees the session of a node end before its lease does: its tasks are taken
  /// back by the next rescue, and each store is hinted that nodes were lost. Until it joins anew.
  public void loseSession(NodeId node) {
    var ignored =
        alone(mine -> {
          ModelNodes.lose(mine, node);
          return true;
        });
    stores.forEach(store -> store.send(store, new StoreHint.NodeHint()));
  }

  /// The notes that effects have committed, in the order of their writing.
  public List<String> notes() {
    return alone(mine -> mine.notes().all());
  }

  ModelTransactions transactions() {
    return transactions;
  }

  /// Used only inside of [#alone].
  AnnouncementLocks announcing() {
    return announcing;
  }

  List<ModelTaskStore> stores() {
    return stores;
  }

  /// Forgets a store and what it was announcing.
  void leave(ModelTaskStore store) {
    stores.remove(store);
    var ignored =
        alone(unusedTables -> {
          announcing.releaseAll(store);
          return true;
        });
  }

  /// How often the data was replaced. Used only inside of [#alone].
  long restored() {
    return restored;
  }

  /// Does the work while nobody else does any. What it wrote is committed, or undone if it throws.
  <T> T alone(Function<ModelTables, T> work) {
    lock();
    boolean done = false;
    try {
      T result = work.apply(tables);
      done = true;
      return result;
    } finally {
      if (done) {
        tables.undo().forget();
      } else {
        tables.undo().rollBack();
      }
      lock.unlock();
    }
  }

  /// As [#alone], and undoes what it wrote in any case.
  <T> T tryOut(Function<ModelTables, T> work) {
    lock();
    try {
      return work.apply(tables);
    } finally {
      tables.undo().rollBack();
      lock.unlock();
    }
  }

  private void lock() {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "a listener or an effect called its store back, which waits for ever in a real one");
    }
    lock.lock();
  }
}
