package dev.handoff;

/// One piece of work to hand off: what kind it is, what is asked for, and whose it is.
public record Work<Q>(TaskType<Q, ?> type, Q request, Submission submission) {}
