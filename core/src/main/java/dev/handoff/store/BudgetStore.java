package dev.handoff.store;

import dev.handoff.Budgets;
import dev.handoff.Lease;

/// Stores budgets in the database of the tasks. `BudgetContract` in handoff-testing says how every
/// store behaves.
public interface BudgetStore extends Budgets {
  /// Reserves units for the task of this lease, unless it has as many reserved already.
  ///
  /// @return whether the lease still held; if not, nothing was written
  /// @throws dev.handoff.BudgetExceededException when fewer are available; nothing was written
  boolean reserve(Lease lease, String account, long units);
}
