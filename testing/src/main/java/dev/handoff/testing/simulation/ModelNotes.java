package dev.handoff.testing.simulation;

import java.util.ArrayList;
import java.util.List;

/// A table of the application's beside the tasks, which effects write to. Used only inside of a
/// [ModelEffect].
public final class ModelNotes {
  private final UndoLog undo;
  private final List<String> all = new ArrayList<>();

  ModelNotes(UndoLog undo) {
    this.undo = undo;
  }

  /// Adds a note, which is committed or undone with everything else.
  public void add(String text) {
    undo.append(all, List.of(text));
  }

  /// All notes so far, in the order of their writing.
  public List<String> all() {
    return List.copyOf(all);
  }

  void copyFrom(ModelNotes other) {
    all.clear();
    all.addAll(other.all);
  }
}
