/// SAT Buddy: a tutor for pupils who prepare for the SAT. Its calls under `/ai/` hand the slow work
/// to the engine as tasks of two types and answer from them; nothing else remembers anything about
/// a request. May depend on `accounts`, `kit`, the starter and `ai`. Start reading at
/// [SatBuddyConfiguration].
@NullMarked
package dev.handoff.systems.satbuddy;

import org.jspecify.annotations.NullMarked;
