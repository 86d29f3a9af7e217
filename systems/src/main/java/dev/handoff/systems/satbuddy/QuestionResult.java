package dev.handoff.systems.satbuddy;

import com.fasterxml.jackson.annotation.JsonProperty;

/// A practice question, and whether an AI wrote it.
public record QuestionResult(
    PracticeQuestion question, @JsonProperty("generated_by_ai") boolean generatedByAi) {}
