@NullMarked
package dev.handoff.systems.audit;

import org.jspecify.annotations.NullMarked;
