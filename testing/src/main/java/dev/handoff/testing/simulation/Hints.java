package dev.handoff.testing.simulation;

/// Delivers hints between stores of one database. A simulation may deliver them late, out of order,
/// or not at all: only speed may depend on them.
@FunctionalInterface
public interface Hints {
  /// Delivers each one at once, on the thread that committed.
  Hints AT_ONCE = ModelTaskStore::hear;

  /// Called after the commit, outside of the database's lock; `receiver.hear(hint)` delivers it.
  void send(ModelTaskStore receiver, StoreHint hint);
}
