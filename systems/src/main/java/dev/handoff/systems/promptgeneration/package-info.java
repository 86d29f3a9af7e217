/// Prompt generation: rough notes of a business become a professional prompt for its assistant,
/// paid from a token balance. Its calls lie under `/api/v1/web-knowledge/` and hand the slow work
/// to the engine, whose budgets hold the tokens; what they answer is what the clients of the system
/// it replaces expect, word for word. Start reading at [PromptController] and [PromptHandler].
@NullMarked
package dev.handoff.systems.promptgeneration;

import org.jspecify.annotations.NullMarked;
