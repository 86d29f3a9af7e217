/// The house rules as tests, over all modules at once: the server sees every class, and the working
/// tree holds every source.
@NullMarked
package dev.handoff.rules;

import org.jspecify.annotations.NullMarked;
