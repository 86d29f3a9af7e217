/// Tests of the package of this name.
@NullMarked
package dev.handoff.spring.api;

import org.jspecify.annotations.NullMarked;
