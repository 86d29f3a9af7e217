/// Tests of the package of this name.
@NullMarked
package dev.handoff.spring.test;

import org.jspecify.annotations.NullMarked;
