/// Tests of the package of this name.
@NullMarked
package dev.handoff.systems.satbuddy.ai;

import org.jspecify.annotations.NullMarked;
