/// Programs that measure the engine on the embedded store; `benchmarks/run` starts them. Not part
/// of the normal build.
@NullMarked
package dev.handoff.benchmarks;

import org.jspecify.annotations.NullMarked;
