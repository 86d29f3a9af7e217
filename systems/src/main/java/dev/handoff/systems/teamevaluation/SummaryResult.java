package dev.handoff.systems.teamevaluation;

/// What a summary came to.
///
/// @param generationMethod ai, fallback or empty
/// @param feedbackCount how many comments there were
/// @param feedbackHash the hash of those
public record SummaryResult(
    String summaryText, String generationMethod, int feedbackCount, String feedbackHash) {}
