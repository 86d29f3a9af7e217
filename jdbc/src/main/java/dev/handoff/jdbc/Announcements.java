package dev.handoff.jdbc;

import dev.handoff.LoggedEvent;
import dev.handoff.TaskId;
import dev.handoff.store.StoreListener;
import java.util.ArrayList;
import java.util.List;

/// What one write will tell the listeners once it is committed. Each run of a write has its own, so
/// a write that is run again does not tell twice.
final class Announcements {
  private record TaskEvents(TaskId task, List<LoggedEvent> events) {}

  private final List<TaskEvents> taskEvents = new ArrayList<>();
  private boolean work;

  void events(TaskId task, List<LoggedEvent> events) {
    taskEvents.add(new TaskEvents(task, List.copyOf(events)));
  }

  /// Something waits to be claimed, now or later.
  void work() {
    work = true;
  }

  boolean hasWork() {
    return work;
  }

  void tellEvents(StoreListener listener) {
    taskEvents.forEach(each -> listener.onEvents(each.task(), each.events()));
  }
}
