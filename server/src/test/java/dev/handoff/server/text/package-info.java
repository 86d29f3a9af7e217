/// Tests of the package of this name.
@NullMarked
package dev.handoff.server.text;

import org.jspecify.annotations.NullMarked;
