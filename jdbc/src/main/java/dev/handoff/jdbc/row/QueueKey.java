package dev.handoff.jdbc.row;

import dev.handoff.Priority;

/// A queue: the waiting tasks of one type and priority.
public record QueueKey(String type, Priority priority) {}
