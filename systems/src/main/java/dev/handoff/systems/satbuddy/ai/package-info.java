/// What SAT Buddy asks an AI model: the prompts, and the reading of the answers. Implements the
/// interfaces of the package above. Start reading at [ModelTutor].
@NullMarked
package dev.handoff.systems.satbuddy.ai;

import org.jspecify.annotations.NullMarked;
