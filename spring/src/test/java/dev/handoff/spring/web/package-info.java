/// Tests of the package of this name.
@NullMarked
package dev.handoff.spring.web;

import org.jspecify.annotations.NullMarked;
