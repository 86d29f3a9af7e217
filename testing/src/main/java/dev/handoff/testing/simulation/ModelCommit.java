package dev.handoff.testing.simulation;

import dev.handoff.LoggedEvent;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Queued;
import dev.handoff.store.NewTask;
import dev.handoff.store.StoreListener;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The announcements of one commit.
final class ModelCommit {
  private record LoggedEvents(TaskId task, List<LoggedEvent> events) {}

  private final List<NewTask> submitted = new ArrayList<>();
  private final List<LoggedEvents> events = new ArrayList<>();
  private boolean work;
  private boolean ends;

  void submitted(NewTask task) {
    submitted.add(task);
  }

  void changed(ModelRow row, List<LoggedEvent> logged) {
    events.add(new LoggedEvents(row.given().id(), logged));
    work |= row.task().state() instanceof Queued;
    ends |= row.awaitsNotice();
  }

  /// Notes that waiting tasks may be able to start.
  void tasksMayStart() {
    work = true;
  }

  void tellEvents(StoreListener listener) {
    submitted.forEach(task -> listener.onSubmitted(task.id(), task.submission()));
    events.forEach(each -> listener.onEvents(each.task(), each.events()));
  }

  /// Returns the hints for the other stores.
  List<StoreHint> hints() {
    Set<StoreHint> hints = new LinkedHashSet<>();
    if (work) {
      hints.add(new StoreHint.DueHint());
    }
    if (ends) {
      hints.add(new StoreHint.EndHint());
    }
    events.forEach(each -> hints.add(new StoreHint.RemoteHint(each.task())));
    return List.copyOf(hints);
  }

  /// Returns the hints for listeners that were told the events.
  List<StoreHint> consequences() {
    return hints().stream().filter(hint -> !(hint instanceof StoreHint.RemoteHint)).toList();
  }
}
