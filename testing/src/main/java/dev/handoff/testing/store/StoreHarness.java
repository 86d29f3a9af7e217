package dev.handoff.testing.store;

import dev.handoff.Effect;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import java.util.List;
import org.opentest4j.TestAbortedException;

/// One kind of store, over data of its own that is empty at first and gone when the harness is
/// closed: what [TaskStoreContract] and [TaskStoreModelContract] need to know of it.
public interface StoreHarness extends AutoCloseable {
  /// Opens the store over the data. Only one is open at a time; opened again after it was closed,
  /// it finds what the one before had committed.
  TaskStore open(TimeSource clock);

  /// Runs the work in a transaction of the application, which submits join, and commits. When the
  /// work throws, rolls back and throws the same.
  void inTransaction(Runnable work);

  /// An effect that writes a note into a table of the application.
  Effect note(String text);

  /// An effect that writes a note and then throws [EffectFailed].
  Effect failingAfterNote(String text);

  /// The committed notes, in the order of their writing.
  List<String> notes();

  /// Keeps a copy of the data as it is now. The store may be open; nothing writes meanwhile.
  default void saveCopy() {
    throw new TestAbortedException("this harness cannot copy its data");
  }

  /// Puts the copy in the place of the data, under a store that goes on: as when an asynchronous
  /// standby is promoted, or a backup restored. What was committed since is lost.
  default void restoreCopy() {
    throw new TestAbortedException("this harness cannot copy its data");
  }

  /// Whether opening the store means that all nodes before are dead, because nobody else can have
  /// the data open.
  boolean endsNodesWhenOpened();

  /// Deletes the data; the store is closed before.
  @Override
  void close();

  final class EffectFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
