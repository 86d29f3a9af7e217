package dev.handoff.jdbc;

import java.nio.file.Path;
import java.time.Duration;

/// Where the database lies and how it is shared. `queue` is the most writes that may wait, `group`
/// about how many of them share one commit; `readers` and `connections` are the connections that
/// the store reads with and that the application may have; `turn` is the longest wait for somebody
/// else's write transaction.
public record SqliteSettings(
    Path file, Keeping keeping, int queue, int group, int readers, int connections, Duration turn) {

  private static final Duration LONGEST_TURN = Duration.ofDays(1);

  /// What the file is for.
  public enum Keeping {
    /// Data that must survive: each commit is on the disk before the caller goes on.
    DURABLE,
    /// Survives the process but not the machine: nothing is synced.
    UNSYNCED,
    /// Tests: nothing is synced, and the file is deleted when the database is closed.
    TEMPORARY
  }

  /// All counts at least 1.
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

  /// A durable database in this file: 10,000 writes may wait (about a second's work), 500 share a
  /// commit (more gain nothing), 4 readers, 10 connections, 10 s for a turn.
  public static SqliteSettings at(Path file) {
    return new SqliteSettings(file, Keeping.DURABLE, 10_000, 500, 4, 10, Duration.ofSeconds(10));
  }

  /// A database for a test, in this file until it is closed.
  public static SqliteSettings temporary(Path file) {
    return at(file).withKeeping(Keeping.TEMPORARY);
  }

  /// Kept like this.
  public SqliteSettings withKeeping(Keeping keeping) {
    return new SqliteSettings(file, keeping, queue, group, readers, connections, turn);
  }

  /// With at most this many writes waiting.
  public SqliteSettings withQueue(int queue) {
    return new SqliteSettings(file, keeping, queue, group, readers, connections, turn);
  }

  /// With this many connections for the application.
  public SqliteSettings withConnections(int connections) {
    return new SqliteSettings(file, keeping, queue, group, readers, connections, turn);
  }

  /// Waiting at most this long for somebody else's write transaction.
  public SqliteSettings withTurn(Duration turn) {
    return new SqliteSettings(file, keeping, queue, group, readers, connections, turn);
  }
}
