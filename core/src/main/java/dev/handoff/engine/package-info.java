/// The engine behind [dev.handoff.Handoff]: claims tasks, runs attempts, keeps leases, tells
/// followers. Not for users of the library. Start reading at [dev.handoff.engine.Engine]; one
/// attempt's life is [dev.handoff.engine.Attempt].
@NullMarked
package dev.handoff.engine;

import org.jspecify.annotations.NullMarked;
