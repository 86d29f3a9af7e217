/// Tests of the package of this name.
@NullMarked
package dev.handoff.spring;

import org.jspecify.annotations.NullMarked;
