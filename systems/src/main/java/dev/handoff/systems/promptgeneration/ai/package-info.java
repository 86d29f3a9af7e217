/// What prompt generation asks an AI model. Implements an interface of the package above. Start
/// reading at [ModelPromptWriter].
@NullMarked
package dev.handoff.systems.promptgeneration.ai;

import org.jspecify.annotations.NullMarked;
