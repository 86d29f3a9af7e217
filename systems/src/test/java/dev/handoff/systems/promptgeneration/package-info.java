/// Tests of prompt generation's parts.
@NullMarked
package dev.handoff.systems.promptgeneration;

import org.jspecify.annotations.NullMarked;
