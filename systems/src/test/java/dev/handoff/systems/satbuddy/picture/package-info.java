@NullMarked
package dev.handoff.systems.satbuddy.picture;

import org.jspecify.annotations.NullMarked;
