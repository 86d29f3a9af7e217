/// The systems built on the engine, a package each. No system knows another. The package of a
/// system has its rules, tables and tasks; `…web` below it has the calls, and `…ai` what asks a
/// model.
///
/// - `kit`: what every system is built with; how a system is described, refuses and finds its tasks
/// - `accounts`: the login, API keys and other credentials that all systems share
/// - `satbuddy`: a tutor for pupils who prepare for the SAT; `…algebra` solves and `…offline` asks
///   and explains without a model
/// - `promptgeneration`: prompts for the assistants of businesses, paid from a token balance
/// - `zoneinsights`: tests for exam students, and what a test says about each subject
/// - `teamevaluation`: summaries of what pupils wrote about each other
/// - `trainingvideos`: training modules made from how-to videos; `…media` runs FFmpeg
///
/// Here lies only what all share: the AI provider ([AiConfiguration]) and whether this is a demo.
/// May depend on the starter and on `ai`. Start reading at
/// [dev.handoff.systems.zoneinsights.web.ZoneInsightsWebConfiguration].
@NullMarked
package dev.handoff.systems;

import org.jspecify.annotations.NullMarked;
