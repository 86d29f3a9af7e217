/// School algebra, solved exactly and shown step by step in LaTeX. Depends on the JDK only; every
/// input is bounded in length, depth, degree and size of its numbers, so that no text can hang it.
/// Start reading at [Algebra].
@NullMarked
package dev.handoff.systems.satbuddy.algebra;

import org.jspecify.annotations.NullMarked;
