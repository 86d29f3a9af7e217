/// SAT Buddy: a tutor for pupils who prepare for the SAT.
///
/// - here: the two types of tasks with their handlers, and the uploaded images
/// - `web`: the calls under `/ai/`, which hand the slow work to the engine and answer from its
///   tasks
/// - `ai`: what an AI model is asked
/// - `offline` and `algebra`: what is answered without a model
///
/// Nothing but the tasks remembers anything about a request. May depend on `offline`, `accounts`,
/// `kit`, the starter and `ai`, and neither on `web` nor on its own `ai`. Start reading at
/// [SatBuddyConfiguration].
@NullMarked
package dev.handoff.systems.satbuddy;

import org.jspecify.annotations.NullMarked;
