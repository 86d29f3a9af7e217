/// Tests of the package of this name.
@NullMarked
package dev.handoff.spring.wire;

import org.jspecify.annotations.NullMarked;
