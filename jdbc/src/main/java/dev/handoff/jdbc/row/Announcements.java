package dev.handoff.jdbc.row;

import dev.handoff.LoggedEvent;
import dev.handoff.TaskId;
import dev.handoff.store.NewTask;
import dev.handoff.store.StoreListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one write will tell the listeners once it is committed. Each run of a write has its own, so
/// a write that is run again does not tell twice.
public final class Announcements {
  private record TaskEvents(TaskId task, List<LoggedEvent> events) {}

  private final List<TaskEvents> taskEvents = new ArrayList<>();
  private final List<NewTask> submitted = new ArrayList<>();
  private @Nullable Instant work;
  private boolean ends;

  public void events(TaskId task, List<LoggedEvent> events) {
    taskEvents.add(new TaskEvents(task, List.copyOf(events)));
  }

  /// This task came into being.
  void submitted(NewTask task) {
    submitted.add(task);
  }

  /// Something waits to be claimed, now or later.
  public void work(Instant dueAt) {
    if (work == null || dueAt.isBefore(work)) {
      work = dueAt;
    }
  }

  /// Something ended that is to be announced.
  void end() {
    ends = true;
  }

  /// What is in it now.
  public Announcements copy() {
    Announcements copy = new Announcements();
    copy.taskEvents.addAll(taskEvents);
    copy.submitted.addAll(submitted);
    copy.work = work;
    copy.ends = ends;
    return copy;
  }

  public boolean hasWork() {
    return work != null;
  }

  public boolean hasEnds() {
    return ends;
  }

  /// When the first of what waits is due.
  public Optional<Instant> workDue() {
    return Optional.ofNullable(work);
  }

  /// The tasks that have new events.
  public List<TaskId> tasks() {
    return taskEvents.stream().map(TaskEvents::task).toList();
  }

  void tellEvents(StoreListener listener) {
    submitted.forEach(task -> listener.onSubmitted(task.id(), task.submission()));
    taskEvents.forEach(each -> listener.onEvents(each.task(), each.events()));
  }
}
