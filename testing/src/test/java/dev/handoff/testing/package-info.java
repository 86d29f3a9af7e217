/// Tests of what we ship for tests.
@NullMarked
package dev.handoff.testing;

import org.jspecify.annotations.NullMarked;
