/// Tests of the package of this name.
@NullMarked
package dev.handoff.systems.accounts.guessing;

import org.jspecify.annotations.NullMarked;
