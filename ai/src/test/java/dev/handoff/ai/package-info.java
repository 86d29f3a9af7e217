/// Tests of the seam's values.
@NullMarked
package dev.handoff.ai;

import org.jspecify.annotations.NullMarked;
