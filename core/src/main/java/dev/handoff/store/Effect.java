package dev.handoff.store;

/// A handler's own writes, committed in the transaction that finishes its task, or not at all. Each
/// store says which effects it takes; the JDBC stores take `SqlEffect`.
public interface Effect {}
