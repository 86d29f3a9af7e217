/// Zone insights: exam students sit a test, it is graded when they submit it, and in the same
/// transaction the insights into each subject are handed off to the engine as one task.
///
/// - here: tests, questions and insights with their tables, the grading, the task, and the insights
///   by rule
/// - `web`: the calls
/// - `ai`: what an AI model is asked
///
/// What a subject has come to is a remembered step and a row of its own, so that a retry does only
/// what is missing. May depend on `accounts`, `kit`, the starter and `ai`, and neither on `web` nor
/// on its own `ai`. Start reading at [ZoneInsightsConfiguration].
@NullMarked
package dev.handoff.systems.zoneinsights;

import org.jspecify.annotations.NullMarked;
