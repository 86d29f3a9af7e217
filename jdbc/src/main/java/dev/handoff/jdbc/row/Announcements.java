package dev.handoff.jdbc.row;

import dev.handoff.LoggedEvent;
import dev.handoff.TaskId;
import dev.handoff.store.NewTask;
import dev.handoff.store.StoreListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What listeners are told once a write is committed. Each run of a write has announcements of its
/// own, so that a repeated write tells once.
public final class Announcements {
  private record CommittedEvents(TaskId task, List<LoggedEvent> events) {}

  private final List<CommittedEvents> taskEvents = new ArrayList<>();
  private final List<NewTask> submitted = new ArrayList<>();
  private final List<GatedLine> gated = new ArrayList<>();
  private final List<String> freed = new ArrayList<>();
  private final List<GateLines.KnownLine> emptied = new ArrayList<>();
  private @Nullable Instant work;
  private boolean ends;

  /// Returns an announcement of tasks that are due now.
  public static Announcements ofWork(Instant now) {
    Announcements announcements = new Announcements();
    announcements.work(now);
    return announcements;
  }

  public void events(TaskId task, List<LoggedEvent> events) {
    taskEvents.add(new CommittedEvents(task, List.copyOf(events)));
  }

  void submitted(NewTask task) {
    submitted.add(task);
  }

  /// Announces a task that is due then.
  public void work(Instant dueAt) {
    if (work == null || dueAt.isBefore(work)) {
      work = dueAt;
    }
  }

  /// Announces a task that waits for gates.
  void gated(GatedLine line) {
    gated.add(line);
  }

  /// Announces places in these gates, for tasks that wait here or on other nodes.
  void freed(List<String> gates, Instant now) {
    freed.addAll(gates);
    work(now);
  }

  /// Announces that a line of gated tasks was found empty.
  public void emptied(GateLines.KnownLine line) {
    emptied.add(line);
  }

  /// Passes on what changed for tasks that wait for gates.
  void tellGates(GateLines lines) {
    emptied.forEach(lines::empty);
    gated.forEach(lines::waits);
    if (!freed.isEmpty()) {
      lines.freed(Set.copyOf(freed));
    }
  }

  /// Announces an end.
  void end() {
    ends = true;
  }

  public Announcements copy() {
    Announcements copy = new Announcements();
    copy.taskEvents.addAll(taskEvents);
    copy.submitted.addAll(submitted);
    copy.gated.addAll(gated);
    copy.freed.addAll(freed);
    copy.emptied.addAll(emptied);
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

  /// Returns the earliest due time.
  public Optional<Instant> workDue() {
    return Optional.ofNullable(work);
  }

  /// Returns the tasks with new events.
  public List<TaskId> tasks() {
    return taskEvents.stream().map(CommittedEvents::task).toList();
  }

  void tellEvents(StoreListener listener) {
    submitted.forEach(task -> listener.onSubmitted(task.id(), task.submission()));
    taskEvents.forEach(each -> listener.onEvents(each.task(), each.events()));
  }
}
