package dev.handoff.spring;

import dev.handoff.Task;

/// The application event for the end of a task, for `@EventListener` methods and other application
/// listeners. If any of them listens to this class when a task is submitted, its end is published
/// durably: on one of the nodes, at least once, also if no node ran when the task ended
/// ([dev.handoff.EndListener]).
///
/// A listener runs on a background thread, for one task after the other, and returns soon; one that
/// throws gets the event again, some 15 seconds later. There is no transaction, so
/// `@TransactionalEventListener` needs `fallbackExecution`.
///
/// ```java
/// @EventListener(condition = "#ended.task.type == 'summary'")
/// void tell(TaskEnded ended) { … }
/// ```
///
/// @param task the task as it ended
public record TaskEnded(Task task) {}
