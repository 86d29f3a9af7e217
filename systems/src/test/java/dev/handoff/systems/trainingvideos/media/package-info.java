/// Tests of the package of this name.
@NullMarked
package dev.handoff.systems.trainingvideos.media;

import org.jspecify.annotations.NullMarked;
