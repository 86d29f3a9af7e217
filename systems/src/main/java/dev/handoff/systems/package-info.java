/// The systems built on the engine, a package each, and the login they share in `accounts`. May
/// depend on the starter and on `ai`; no system knows another. Here lie only the tables they keep
/// beside the engine's. Start reading at [dev.handoff.systems.satbuddy.SatBuddyConfiguration].
@NullMarked
package dev.handoff.systems;

import org.jspecify.annotations.NullMarked;
