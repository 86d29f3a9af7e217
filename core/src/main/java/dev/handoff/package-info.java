/// The engine's public API: what a task is, how one is submitted, and what its handler gets.
/// Depends on the JDK, slf4j-api and jspecify. Start reading at [dev.handoff.Handoff].
@NullMarked
package dev.handoff;

import org.jspecify.annotations.NullMarked;
