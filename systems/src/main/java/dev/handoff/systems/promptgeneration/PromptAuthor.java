package dev.handoff.systems.promptgeneration;

/// Who writes prompts, and under which model's name.
public record PromptAuthor(PromptWriter writer, String model) {}
