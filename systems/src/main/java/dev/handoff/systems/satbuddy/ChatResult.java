package dev.handoff.systems.satbuddy;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The tutor's answer in markdown, and whether an AI wrote it.
public record ChatResult(String response, @JsonProperty("generated_by_ai") boolean generatedByAi) {}
