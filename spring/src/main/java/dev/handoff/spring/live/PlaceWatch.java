package dev.handoff.spring.live;

import dev.handoff.Handoff;
import dev.handoff.LoggedEvent;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskEvent.TaskRescued;
import dev.handoff.TaskEvent.TaskRetried;
import dev.handoff.TaskStatus;
import dev.handoff.TaskSummary;
import dev.handoff.spring.wire.PlaceView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A followed task as its events make it, and the place that its reader was told last. Events come
/// from one thread, looks from another.
final class PlaceWatch {
  /// The time that a running task needs shrinks by itself: it is told every so many looks.
  private static final int LOOKS_WHILE_RUNNING = 5;

  private final Consumer<Optional<PlaceView>> tell;
  private final AtomicBoolean telling = new AtomicBoolean();
  private volatile TaskSummary task;
  private volatile boolean over;
  // Confined to the thread that looks.
  private Optional<PlaceView> told = Optional.empty();
  private int looks;

  PlaceWatch(Task task, Consumer<Optional<PlaceView>> tell) {
    this.task = TaskSummary.of(task);
    this.tell = tell;
  }

  void after(List<LoggedEvent> events) {
    for (LoggedEvent logged : events) {
      switch (logged.event()) {
        case AttemptStarted started ->
            task = with(TaskStatus.PROCESSING, started.attempt(), logged.at());
        case AttemptFailed ignored -> task = waiting();
        case AttemptSnoozed ignored -> task = waiting();
        case TaskRescued ignored -> task = waiting();
        case TaskRetried ignored -> task = waiting();
        default -> over = logged.event().isTerminal();
      }
    }
  }

  private TaskSummary waiting() {
    return with(TaskStatus.QUEUED, task.activity().attempt(), task.timeline().startedAt());
  }

  private TaskSummary with(TaskStatus status, int attempt, @Nullable Instant startedAt) {
    Task.Activity activity = task.activity();
    Task.Timeline timeline = task.timeline();
    return new TaskSummary(
        task.id(),
        task.type(),
        task.submission(),
        status,
        null,
        new Task.Activity(
            activity.progress(),
            attempt,
            activity.maxAttempts(),
            activity.usage(),
            activity.lastEvent()),
        new Task.Timeline(timeline.createdAt(), startedAt, timeline.updatedAt(), null));
  }

  boolean isOver() {
    return over;
  }

  void end() {
    over = true;
  }

  /// Tells the place if it has changed, and what was told before has arrived.
  void look(Handoff handoff) {
    if (over || telling.get()) {
      return;
    }
    TaskSummary now = task;
    Optional<PlaceView> place = handoff.place(now).map(PlaceView::of);
    boolean shrinks =
        now.status() == TaskStatus.PROCESSING
            && place.isPresent()
            && told.filter(before -> before.position() == null).isPresent();
    looks = shrinks ? looks + 1 : 0;
    if (place.equals(told) || (shrinks && looks % LOOKS_WHILE_RUNNING != 0)) {
      return;
    }
    told = place;
    telling.set(true);
    // A reader may be slow.
    Thread.ofVirtual()
        .name("handoff-place")
        .start(() -> {
          try {
            if (!over) {
              tell.accept(place);
            }
          } finally {
            telling.set(false);
          }
        });
  }
}
