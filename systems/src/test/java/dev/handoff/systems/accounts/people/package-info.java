/// Tests of the package of this name.
@NullMarked
package dev.handoff.systems.accounts.people;

import org.jspecify.annotations.NullMarked;
