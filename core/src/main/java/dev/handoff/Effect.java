package dev.handoff;

/// Writes of a handler that are committed in the transaction that completes its task, or not at
/// all. Each store says which effects it takes; the JDBC stores take `SqlEffect`, and all of them
/// take [Settlement] and [UncachedResult].
public interface Effect {}
