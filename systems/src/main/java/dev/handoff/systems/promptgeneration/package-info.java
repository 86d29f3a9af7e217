/// Prompt generation: rough notes of a business become a professional prompt for its assistant,
/// paid from a token balance.
///
/// - here: the two types of tasks with their handler, subscriptions and balances, and the prompt by
///   fixed rules
/// - `web`: the calls
/// - `ai`: what an AI model is asked
///
/// The engine's budgets hold the tokens of a prompt that is being made. May depend on `accounts`,
/// `kit`, the starter and `ai`, and neither on `web` nor on its own `ai`. Start reading at
/// [PromptHandler].
@NullMarked
package dev.handoff.systems.promptgeneration;

import org.jspecify.annotations.NullMarked;
