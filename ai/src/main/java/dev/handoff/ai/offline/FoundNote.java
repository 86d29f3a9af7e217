package dev.handoff.ai.offline;

/// A note that fits a query.
///
/// @param score how well it fits, by BM25 with title and keywords boosted; comparable only within
///   one answer
/// @param coverage how much of what was asked the note speaks of, from 0 to 1: rare words weigh
///   more, words that no note has count as not covered
public record FoundNote(Note note, double score, double coverage) {}
