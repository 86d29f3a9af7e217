package dev.handoff.systems.teamevaluation;

/// Whose feedback is to be summarised. What it says is read when the work begins.
///
/// @param maxRetries how often the work may fail before it is given up
public record SummaryRequest(
    long schoolId, String tenant, long evaluationId, long studentId, int maxRetries) {}
