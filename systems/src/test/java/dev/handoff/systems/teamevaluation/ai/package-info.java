/// Tests of the package of this name.
@NullMarked
package dev.handoff.systems.teamevaluation.ai;

import org.jspecify.annotations.NullMarked;
