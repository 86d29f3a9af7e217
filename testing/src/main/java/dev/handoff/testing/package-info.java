/// For tests of programs that use Handoff, and for our own: a clock that stands still until it is
/// told to move, the contract that every task store keeps, and a PostgreSQL server that needs no
/// installation. Depends on core, JUnit, AssertJ and Awaitility; the embedded server's library is
/// added by those who want one. Start reading at [dev.handoff.testing.TestClock].
@NullMarked
package dev.handoff.testing;

import org.jspecify.annotations.NullMarked;
