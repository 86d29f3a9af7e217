package dev.handoff;

import java.util.List;
import java.util.Optional;

/// Accounts of units that tasks are paid from: tokens, credits, cents, whatever the application
/// counts. Tasks hold units while they work ([TaskContext#reserve]) and take what they used with
/// their result ([Settlement]). Safe for use by many threads; every call blocks until its write is
/// durable, or joins the caller's transaction where there is one.
///
/// A reservation holds only as long as its task is open. A task that fails, is cancelled or
/// completes without a settlement has nothing to give back: what it held counts no more from the
/// commit of its end on, whoever ended it (docs/adr/0017-a-reservation-lives-with-its-task.md).
public interface Budgets {
  /// The most units of one account, and in one call: far from where sums overflow.
  long LIMIT = 1_000_000_000_000_000L;

  /// Adds units to an account, which begins with the first ones. The same reference adds once, so
  /// the call may be repeated when its answer was lost.
  ///
  /// @param units 1 to [#LIMIT]
  /// @param reference the caller's own name for this, unique within the account, 1 to 200
  ///   characters
  /// @return whether they were added now
  boolean add(String account, long units, String reference);

  /// How an account stands; nothing when it has never had units.
  Optional<Balance> balance(String account);

  /// What was added and taken, newest first.
  ///
  /// @param atMost 1 to 200
  List<BudgetEntry> entries(String account, int atMost);

  /// Holds units for an open task: called in the transaction of its submit, the task exists with
  /// them or not at all. Again for the same task replaces what it held.
  ///
  /// @param units 1 to [#LIMIT]
  /// @return whether the task is open
  /// @throws BudgetExceededException when fewer are available; nothing was written
  boolean reserve(TaskId task, String account, long units);

  /// What an account has, and how much of it open tasks hold.
  record Balance(long units, long reserved) {
    /// What can still be reserved; never negative.
    public long available() {
      long available = units - reserved;
      // More than a long holds, where one of them is negative, which no store answers.
      return reserved >= units ? 0 : available < 0 ? Long.MAX_VALUE : available;
    }
  }
}
