/// Tests of the package of this name.
@NullMarked
package dev.handoff.spring.settings;

import org.jspecify.annotations.NullMarked;
