/// Tests of the offline algebra.
@NullMarked
package dev.handoff.ai.offline.algebra;

import org.jspecify.annotations.NullMarked;
