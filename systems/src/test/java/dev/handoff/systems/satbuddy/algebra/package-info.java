/// Tests of the school algebra.
@NullMarked
package dev.handoff.systems.satbuddy.algebra;

import org.jspecify.annotations.NullMarked;
