package dev.handoff.store;

import dev.handoff.Gates;
import dev.handoff.TaskGate;

/// Stores gates in the database of the tasks. `GateContract` in handoff-testing says how every
/// store behaves.
public interface GateStore extends Gates {
  /// Returns the gate of this name as a handler sees it.
  TaskGate gate(String name);
}
