package dev.handoff;

/// One task to submit: its type, its request, and its submission.
public record Work<Q>(TaskType<Q, ?> type, Q request, Submission submission) {}
