package dev.handoff.spring;

import dev.handoff.Task;

/// The application event for the end of a task, for `@EventListener` methods and other application
/// listeners. If any of them listens to this class when a task is submitted, its end is published
/// durably: on one of the nodes that listen, at least once, also if no node ran when the task ended
/// ([dev.handoff.EndListener]). Nodes that listen are expected to listen for the same purpose, as
/// those of one application do; a node whose application does not listen leaves the ends to the
/// others. Handoff's own tasks, whose types begin with `handoff.`, are not published.
///
/// A listener runs on a background thread, for one task after the other, and returns soon; it may
/// retry the task. When one throws, all listeners get the event again: 15 seconds later, then after
/// pauses that double up to an hour, for as long as the task is kept and a day more. There is no
/// transaction, so `@TransactionalEventListener` needs `fallbackExecution`.
///
/// ```java
/// @EventListener(condition = "#ended.task.type == 'summary'")
/// void tell(TaskEnded ended) { … }
/// ```
///
/// @param task the task as it ended
public record TaskEnded(Task task) {}
