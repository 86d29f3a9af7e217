package dev.handoff.testing.store;

import dev.handoff.LoggedEvent;
import dev.handoff.TaskId;
import dev.handoff.store.StoreListener;
import java.util.List;

/// A listener whose methods throw, one of them an error.
final class FailingListener implements StoreListener {
  @Override
  public void onTasksDue() {
    throw new IllegalStateException("a listener's defect, thrown by a test");
  }

  @Override
  public void onEvents(TaskId task, List<LoggedEvent> events) {
    throw new LinkageError("a listener's defect, thrown by a test");
  }
}
