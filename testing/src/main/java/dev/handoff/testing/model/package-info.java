/// A provider that does as it is told: [ScriptedModelServer] speaks the wire of OpenAI's chat
/// completions over real HTTP, so that tests meet every answer, failure and pause that a real
/// provider has, and decide themselves when. Depends on the JDK and Jackson only.
@NullMarked
package dev.handoff.testing.model;

import org.jspecify.annotations.NullMarked;
