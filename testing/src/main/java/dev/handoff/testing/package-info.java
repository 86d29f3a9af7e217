/// For tests of programs that use Handoff: a clock that stands still until it is moved, and a
/// PostgreSQL server that needs no installation. The contracts of stores and engines are in the
/// packages `store` and `engine`. Depends on core, JUnit, AssertJ and Awaitility; the embedded
/// server's library is added by those who want one. Start reading at
/// [dev.handoff.testing.TestClock].
@NullMarked
package dev.handoff.testing;

import org.jspecify.annotations.NullMarked;
