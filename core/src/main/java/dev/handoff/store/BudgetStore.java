package dev.handoff.store;

import dev.handoff.Budgets;
import dev.handoff.Lease;

/// Keeps budgets beside the tasks. `BudgetContract` in handoff-testing says how every store
/// behaves.
public interface BudgetStore extends Budgets {
  /// Holds units for the task that this lease is about, unless it holds as many already.
  ///
  /// @return whether the lease still held; if not, nothing was written
  /// @throws dev.handoff.BudgetExceededException when fewer are available; nothing was written
  boolean reserve(Lease lease, String account, long units);
}
