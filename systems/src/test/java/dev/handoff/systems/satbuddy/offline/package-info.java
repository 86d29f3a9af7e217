/// Tests of SAT Buddy's offline work.
@NullMarked
package dev.handoff.systems.satbuddy.offline;

import org.jspecify.annotations.NullMarked;
