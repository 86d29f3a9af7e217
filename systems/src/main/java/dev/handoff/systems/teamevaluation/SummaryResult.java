package dev.handoff.systems.teamevaluation;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a summary came to, as its task and its job keep it.
///
/// @param generationMethod ai, fallback, empty, or held while a teacher has not released it
/// @param feedbackCount how many comments there were
/// @param feedbackHash the hash of those
public record SummaryResult(
    @JsonProperty("summary_text") String summaryText,
    @JsonProperty("generation_method") String generationMethod,
    @JsonProperty("feedback_count") int feedbackCount,
    @JsonProperty("feedback_hash") String feedbackHash) {}
