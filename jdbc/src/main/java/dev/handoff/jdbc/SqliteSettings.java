package dev.handoff.jdbc;

import java.nio.file.Path;
import java.time.Duration;

/// The file of an SQLite database, and the limits of its use. `queue` is the largest number of
/// writes that may wait, and `group` about how many of them share one commit. `readers` is the
/// number of the store's own connections that read, `connections` the size of the application's
/// pool. `turn` is the longest wait for another write transaction, at most one day.
public record SqliteSettings(
    Path file, Keeping keeping, int queue, int group, int readers, int connections, Duration turn) {

  private static final Duration LONGEST_TURN = Duration.ofDays(1);

  /// How safely commits are stored.
  public enum Keeping {
    /// Each commit is synced to the disk before its caller continues.
    DURABLE,
    /// Nothing is synced: data survives a crash of the process, not of the machine.
    UNSYNCED,
    /// Nothing is synced, and the file is deleted when the database is closed.
    TEMPORARY
  }

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException for a count below 1, or a `turn` that is not positive
  public SqliteSettings {
    if (queue < 1 || group < 1 || readers < 1 || connections < 1) {
      throw new IllegalArgumentException(
          "queue, group, readers and connections of the SQLite store are at least 1");
    }
    if (turn.isNegative() || turn.isZero() || turn.compareTo(LONGEST_TURN) > 0) {
      throw new IllegalArgumentException(
          "turn is positive and at most " + LONGEST_TURN + ", was " + turn);
    }
  }

  /// Returns the defaults for a durable database: at most 10,000 waiting writes (about a second's
  /// work), 500 writes a commit (more gain nothing), 4 readers, 10 connections, and 10 s for a
  /// turn.
  public static SqliteSettings at(Path file) {
    return new SqliteSettings(file, Keeping.DURABLE, 10_000, 500, 4, 10, Duration.ofSeconds(10));
  }

  /// Returns settings for a test: nothing is synced, and the file is deleted on close.
  public static SqliteSettings temporary(Path file) {
    return at(file).withKeeping(Keeping.TEMPORARY);
  }

  /// Sets how safely commits are stored.
  public SqliteSettings withKeeping(Keeping keeping) {
    return new SqliteSettings(file, keeping, queue, group, readers, connections, turn);
  }

  /// Sets how many writes may wait; further ones are refused.
  public SqliteSettings withQueue(int queue) {
    return new SqliteSettings(file, keeping, queue, group, readers, connections, turn);
  }

  /// Sets the size of the application's pool.
  public SqliteSettings withConnections(int connections) {
    return new SqliteSettings(file, keeping, queue, group, readers, connections, turn);
  }

  /// Sets the longest wait for another write transaction.
  public SqliteSettings withTurn(Duration turn) {
    return new SqliteSettings(file, keeping, queue, group, readers, connections, turn);
  }
}
