/// Tests of the package of this name.
@NullMarked
package dev.handoff.systems;

import org.jspecify.annotations.NullMarked;
