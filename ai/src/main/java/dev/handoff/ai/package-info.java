/// The seam between a handler and a language model: what is asked ([AiRequest]), what comes back
/// ([AiReply]) and what can go wrong ([dev.handoff.AttemptException] with a sorted kind). Nothing
/// here knows a provider; those live in packages below. Start reading at [AiModel].
@NullMarked
package dev.handoff.ai;

import org.jspecify.annotations.NullMarked;
