/// Slows down the guessing of passwords, for the login in the package above, of which it knows
/// nothing. Start reading at [LoginGuard].
@NullMarked
package dev.handoff.systems.accounts.guessing;

import org.jspecify.annotations.NullMarked;
