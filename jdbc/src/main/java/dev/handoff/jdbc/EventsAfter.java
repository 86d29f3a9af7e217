package dev.handoff.jdbc;

import dev.handoff.TaskId;

/// At most this many events of a task's log, from the one after this number.
record EventsAfter(TaskId task, long after, int atMost) {}
