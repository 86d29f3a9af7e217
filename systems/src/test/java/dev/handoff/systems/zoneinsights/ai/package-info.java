/// Tests of the package of this name.
@NullMarked
package dev.handoff.systems.zoneinsights.ai;

import org.jspecify.annotations.NullMarked;
