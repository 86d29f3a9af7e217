/// Tests of the offline retrieval.
@NullMarked
package dev.handoff.ai.offline;

import org.jspecify.annotations.NullMarked;
