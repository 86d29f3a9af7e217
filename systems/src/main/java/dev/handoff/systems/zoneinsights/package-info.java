/// Zone insights: exam students sit a test, it is graded when they submit it, and in the same
/// transaction the insights into each subject are handed off to the engine as one task. What a
/// subject has come to is a remembered step and a row of its own, so that a retry does only what is
/// missing. May depend on `accounts`, `kit`, the starter and `ai`. Start reading at
/// [ZoneInsightsConfiguration].
@NullMarked
package dev.handoff.systems.zoneinsights;

import org.jspecify.annotations.NullMarked;
