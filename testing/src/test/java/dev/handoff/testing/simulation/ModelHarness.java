package dev.handoff.testing.simulation;

import dev.handoff.Effect;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.store.StoreHarness;
import java.util.List;

/// The model store over a database of its own.
final class ModelHarness implements StoreHarness {
  private final ModelDatabase database = new ModelDatabase();
  private ModelDatabase saved = database.copy();

  @Override
  public TaskStore open(TimeSource clock) {
    return ModelTaskStore.open(database, clock);
  }

  @Override
  public void inTransaction(Runnable work) {
    database.inTransaction(work);
  }

  @Override
  public Effect note(String text) {
    ModelEffect effect = notes -> notes.add(text);
    return effect;
  }

  @Override
  public Effect failingAfterNote(String text) {
    ModelEffect effect =
        notes -> {
          notes.add(text);
          throw new EffectFailed();
        };
    return effect;
  }

  @Override
  public List<String> notes() {
    return database.notes();
  }

  @Override
  public void saveCopy() {
    saved = database.copy();
  }

  @Override
  public void restoreCopy() {
    database.restore(saved);
  }

  @Override
  public boolean endsNodesWhenOpened() {
    return false;
  }

  @Override
  public void close() {
    // Nothing is kept.
  }
}
