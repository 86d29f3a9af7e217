/// The HTTP calls of SAT Buddy: the controllers, what they read of a request, and how they word
/// their answers. The tasks and the images are in the package above, which does not know this one.
/// Start reading at [SatBuddyWebConfiguration].
@NullMarked
package dev.handoff.systems.satbuddy.web;

import org.jspecify.annotations.NullMarked;
