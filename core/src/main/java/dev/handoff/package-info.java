/// The public API of the engine.
@NullMarked
package dev.handoff;

import org.jspecify.annotations.NullMarked;
