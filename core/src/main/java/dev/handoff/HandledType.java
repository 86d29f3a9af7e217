package dev.handoff;

/// A task type together with the code that does its tasks.
public record HandledType<Q, R>(TaskType<Q, R> type, Handler<Q, R> handler) {}
