/// The generic task type `text`: whoever has no Java of their own hands any text to the configured
/// AI provider. Depends on `ai` and the engine; start reading at [TextConfiguration].
@NullMarked
package dev.handoff.server.text;

import org.jspecify.annotations.NullMarked;
