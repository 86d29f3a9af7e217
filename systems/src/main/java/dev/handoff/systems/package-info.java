/// The systems built on the engine, a package each, and the login they share in `accounts`. May
/// depend on the starter and on `ai`; no system knows another. Here lies only what all share: the
/// tables beside the engine's, and the AI provider ([AiConfiguration]). Start reading at
/// [dev.handoff.systems.satbuddy.SatBuddyConfiguration].
@NullMarked
package dev.handoff.systems;

import org.jspecify.annotations.NullMarked;
