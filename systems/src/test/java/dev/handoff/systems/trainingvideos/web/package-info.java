/// Tests of the package of this name.
@NullMarked
package dev.handoff.systems.trainingvideos.web;

import org.jspecify.annotations.NullMarked;
