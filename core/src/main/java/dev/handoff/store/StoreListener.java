package dev.handoff.store;

import dev.handoff.LoggedEvent;
import dev.handoff.TaskId;
import java.util.List;

/// Is told what was committed. Called on the store's own threads, so it returns at once and never
/// calls back into the store. A hint may be missed (another node's, while the network is away):
/// nothing but speed depends on it.
public interface StoreListener {
  /// Some task became due, or will be at a known time.
  void onWork();

  /// These events of a task were committed, in order. That it was submitted in a caller's
  /// transaction may be told after what followed at once.
  void onEvents(TaskId task, List<LoggedEvent> events);
}
