/// Tests of the package of this name.
@NullMarked
package dev.handoff.systems.trainingvideos.ai;

import org.jspecify.annotations.NullMarked;
