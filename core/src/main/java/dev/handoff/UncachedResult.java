package dev.handoff;

/// Keeps a result for its own task: no equal task is completed with it, whatever the [Sharing] of
/// the type. For a fallback, or a result that is right only for the moment. [Outcome#uncached] adds
/// it to the other effects. Every store takes it.
public record UncachedResult() implements Effect {}
