package dev.handoff;

import java.time.Instant;

/// One line of a task's log: events are numbered from 1 without gaps, so a reader that remembers
/// the last number it saw misses nothing.
public record LoggedEvent(long seq, Instant at, TaskEvent event) {}
