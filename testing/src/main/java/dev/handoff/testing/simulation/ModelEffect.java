package dev.handoff.testing.simulation;

import dev.handoff.Effect;

/// An effect as [ModelTaskStore] takes it: a handler's own notes, committed with the end of its
/// task or not at all. It may throw anything; then nothing of the ending is written, and whoever
/// wanted to end the task finds what it threw in an [dev.handoff.store.EffectFailedException]. It
/// runs under the database's lock, so it waits for nothing.
@FunctionalInterface
public interface ModelEffect extends Effect {
  void apply(ModelNotes notes);
}
