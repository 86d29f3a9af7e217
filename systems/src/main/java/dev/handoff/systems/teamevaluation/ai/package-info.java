/// What the team evaluation asks an AI model: the prompts, and the reading of the answers.
/// Implements an interface of the package above. Start reading at [ModelSummaryWriter].
@NullMarked
package dev.handoff.systems.teamevaluation.ai;

import org.jspecify.annotations.NullMarked;
