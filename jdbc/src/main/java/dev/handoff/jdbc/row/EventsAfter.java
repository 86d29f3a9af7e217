package dev.handoff.jdbc.row;

import dev.handoff.TaskId;

/// At most this many events of a task's log, from the one after this number.
public record EventsAfter(TaskId task, long after, int atMost) {}
