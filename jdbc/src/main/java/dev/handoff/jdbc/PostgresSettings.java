package dev.handoff.jdbc;

import dev.handoff.jdbc.sql.QuietUrl;
import java.time.Duration;

/// The URL and the login of a PostgreSQL server, and the limits of its use. `connections` is the
/// size of the pool that the store and the application share. `notifications` says whether nodes
/// notify each other at once; that needs a session of its own and does not work through a pooler in
/// transaction mode. `queue` is the largest number of writes that may wait. `turn` is the longest
/// wait for a connection, at most one day.
public record PostgresSettings(
    String url,
    String username,
    String password,
    int connections,
    boolean notifications,
    int queue,
    Duration turn) {

  private static final Duration LONGEST_TURN = Duration.ofDays(1);

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException for fewer than 4 connections, an empty queue, another URL, or
  ///   a `turn` that is not positive
  public PostgresSettings {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "the URL of a PostgreSQL store begins with jdbc:postgresql:, was " + QuietUrl.of(url));
    }
    if (connections < 4 || queue < 1) {
      throw new IllegalArgumentException(
          "a PostgreSQL store has at least 4 connections and a queue of at least 1");
    }
    if (turn.isNegative() || turn.isZero() || turn.compareTo(LONGEST_TURN) > 0) {
      throw new IllegalArgumentException(
          "turn is positive and at most " + LONGEST_TURN + ", was " + turn);
    }
  }

  /// Returns the defaults: 20 connections, notifications, at most 10,000 waiting writes (about a
  /// second's work), and 5 s for a connection.
  public static PostgresSettings at(String url, String username, String password) {
    return new PostgresSettings(url, username, password, 20, true, 10_000, Duration.ofSeconds(5));
  }

  /// Sets the size of the pool, at least 4.
  public PostgresSettings withConnections(int connections) {
    return new PostgresSettings(url, username, password, connections, notifications, queue, turn);
  }

  /// Switches notifications between nodes on or off; without them nodes poll every 2 s.
  public PostgresSettings withNotifications(boolean notifications) {
    return new PostgresSettings(url, username, password, connections, notifications, queue, turn);
  }

  /// Sets how many writes may wait; further ones are refused.
  public PostgresSettings withQueue(int queue) {
    return new PostgresSettings(url, username, password, connections, notifications, queue, turn);
  }

  /// Leaves out the password, and what the URL may have of secrets.
  @Override
  public String toString() {
    return "PostgresSettings[url=" + QuietUrl.of(url) + ", username=" + username + "]";
  }
}
