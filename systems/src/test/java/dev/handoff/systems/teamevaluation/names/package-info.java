/// Tests of the package of this name.
@NullMarked
package dev.handoff.systems.teamevaluation.names;

import org.jspecify.annotations.NullMarked;
