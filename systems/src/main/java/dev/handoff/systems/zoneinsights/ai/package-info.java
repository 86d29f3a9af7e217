/// What the zone insights ask an AI model: the prompts, the text of a test as the model reads it,
/// and the reading of the answers. Implements an interface of the package above. Start reading at
/// [ModelInsightWriter].
@NullMarked
package dev.handoff.systems.zoneinsights.ai;

import org.jspecify.annotations.NullMarked;
