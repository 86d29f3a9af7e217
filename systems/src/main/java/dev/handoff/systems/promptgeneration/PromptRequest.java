package dev.handoff.systems.promptgeneration;

import java.time.Instant;

/// What an owner asks for: the notes, when that was, and whether a prompt that was made of the same
/// notes a while ago will do.
record PromptRequest(String notes, boolean reuse, Instant requestedAt) {}
