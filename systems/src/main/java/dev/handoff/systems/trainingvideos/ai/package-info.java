/// What the training videos ask AI models: the prompts, and the reading of the answers. Implements
/// the interfaces of the package above. Start reading at [TrainingAiConfiguration].
@NullMarked
package dev.handoff.systems.trainingvideos.ai;

import org.jspecify.annotations.NullMarked;
