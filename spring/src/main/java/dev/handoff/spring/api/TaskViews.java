package dev.handoff.spring.api;

import dev.handoff.Handoff;
import dev.handoff.Task;
import dev.handoff.TaskState;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.Permission;
import dev.handoff.spring.wire.TaskView;
import java.time.Instant;

/// Tasks as their owners see them, with what only the nodes tell: that none runs the type.
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
    return task.state() instanceof TaskState.Queued(Instant due, var ignored)
            && handoff.lacksWorker(task)
        ? new TaggedView(TaskView.withoutWorker(task, due), Etags.ofWaiting(task))
        : new TaggedView(TaskView.of(task), Etags.of(task));
  }
}
