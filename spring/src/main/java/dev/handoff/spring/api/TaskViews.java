package dev.handoff.spring.api;

import dev.handoff.Gates;
import dev.handoff.Handoff;
import dev.handoff.Task;
import dev.handoff.TaskState;
import dev.handoff.TaskSummary;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.wire.PlaceView;
import dev.handoff.spring.wire.TaskView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Tasks as their owners see them, with what is no event: that no node runs the type, or that a
/// gate holds it up.
record TaskViews(Handoff handoff) {
  /// A view and its entity tag.
  record TaggedView(TaskView view, String etag) {}

  /// The task as this caller sees it: without its result, unless the caller may read.
  TaggedView of(Task task, Caller caller) {
    TaggedView whole = of(task);
    return caller.access().permissions().contains(Permission.READ)
        ? whole
        : new TaggedView(whole.view().withoutResult(), whole.etag());
  }

  private TaggedView of(Task task) {
    TaggedView shown = withReason(task);
    return task.isTerminal()
        ? shown
        : handoff
            .place(TaskSummary.of(task))
            .map(PlaceView::of)
            .map(place -> new TaggedView(shown.view().at(place), Etags.at(place, shown.etag())))
            .orElse(shown);
  }

  private TaggedView withReason(Task task) {
    if (!(task.state() instanceof TaskState.Queued(Instant due, var ignored))) {
      return new TaggedView(TaskView.of(task), Etags.of(task));
    }
    if (handoff.lacksWorker(task)) {
      return new TaggedView(TaskView.withoutWorker(task, due), Etags.ofWaiting(task));
    }
    return holding(task, due)
        .map(hold -> new TaggedView(TaskView.heldBy(hold, task), Etags.ofHeld(task, hold)))
        .orElseGet(() -> new TaggedView(TaskView.of(task), Etags.of(task)));
  }

  private Optional<Gates.Hold> holding(Task task, Instant due) {
    List<String> gates = task.submission().gates();
    return gates.isEmpty() || due.isAfter(handoff.clock().instant())
        ? Optional.empty()
        : handoff.gates().holding(gates);
  }
}
