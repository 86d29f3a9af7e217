package dev.handoff.jdbc.sqlite;

import dev.handoff.HandoffException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A lock that keeps other processes from a database file. The operating system releases it when
/// the process ends. It is a file beside the database, because SQLite locks the database file
/// itself.
public final class ProcessLock implements AutoCloseable {
  private final FileChannel channel;

  private ProcessLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Locks the file.
  ///
  /// @throws HandoffException when another process has the lock
  public static ProcessLock of(Path database) {
    Path file = database.resolveSibling(database.getFileName() + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new HandoffException(
            "the database "
                + database
                + " is in use by another process (or twice in this one); stop that process, or give"
                + " this one a file of its own with handoff.store.url or handoff.data-dir");
      }
      return new ProcessLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("the lock file " + file + " cannot be written", e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  // The file stays: deleting it would let two others lock two different files of this name.
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
