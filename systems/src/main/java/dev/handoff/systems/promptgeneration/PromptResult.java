package dev.handoff.systems.promptgeneration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// The prompt, whether an AI wrote it, and what the owner should know when none did.
///
/// @param reason why the AI did not write it, where it was asked
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PromptResult(
    String prompt,
    @JsonProperty("generated_by_ai") boolean generatedByAi,
    @Nullable String warning,
    @Nullable String reason) {}
