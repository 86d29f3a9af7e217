/// For tests of programs that use Handoff, and for our own: a clock that stands still until it is
/// told to move, and the contract that every task store keeps. Depends on core, JUnit, AssertJ and
/// Awaitility. Start reading at [dev.handoff.testing.TestClock].
@NullMarked
package dev.handoff.testing;

import org.jspecify.annotations.NullMarked;
