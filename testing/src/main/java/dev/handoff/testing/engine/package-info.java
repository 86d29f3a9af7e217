/// The contracts that an engine passes on every store, and what their tests are written with. Start
/// reading at [EngineContract].
@NullMarked
package dev.handoff.testing.engine;

import org.jspecify.annotations.NullMarked;
