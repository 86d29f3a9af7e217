/// Tests of the package of this name.
@NullMarked
package dev.handoff.systems.satbuddy;

import org.jspecify.annotations.NullMarked;
