/// Tests of the team evaluation's rules, without a server.
@NullMarked
package dev.handoff.systems.teamevaluation;

import org.jspecify.annotations.NullMarked;
