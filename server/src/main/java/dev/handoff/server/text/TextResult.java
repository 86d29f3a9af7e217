package dev.handoff.server.text;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a `text` task gives back: the text, and whether an AI wrote it.
record TextResult(String text, @JsonProperty("generated_by_ai") boolean generatedByAi) {}
