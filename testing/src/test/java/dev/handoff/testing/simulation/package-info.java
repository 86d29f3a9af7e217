/// The model store against the contracts that every store keeps.
@NullMarked
package dev.handoff.testing.simulation;

import org.jspecify.annotations.NullMarked;
