/// A scripted AI provider: [ScriptedModelServer] speaks OpenAI's chat completions over real HTTP,
/// so that tests control every answer, failure and pause of a provider. Depends on the JDK and
/// Jackson only.
@NullMarked
package dev.handoff.testing.model;

import org.jspecify.annotations.NullMarked;
