/// Tests of the kit.
@NullMarked
package dev.handoff.systems.kit;

import org.jspecify.annotations.NullMarked;
