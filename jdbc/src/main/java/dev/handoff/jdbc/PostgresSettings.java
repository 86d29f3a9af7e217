package dev.handoff.jdbc;

import java.time.Duration;

/// Which database server, and how it is used. `connections` are shared by the store and the
/// application; `notifications` says whether nodes tell each other of news at once, which needs a
/// session of its own and so does not work through a pooler in transaction mode; `queue` is the
/// most writes that may wait; `turn` is the longest wait for a connection.
public record PostgresSettings(
    String url,
    String username,
    String password,
    int connections,
    boolean notifications,
    int queue,
    Duration turn) {

  private static final Duration LONGEST_TURN = Duration.ofDays(1);

  /// All counts at least 1.
  public PostgresSettings {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "the URL of a PostgreSQL store begins with jdbc:postgresql:, was " + url);
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

  /// With 20 connections, notifications, 10,000 writes waiting at most (about a second's work) and
  /// 5 s for a connection.
  public static PostgresSettings at(String url, String username, String password) {
    return new PostgresSettings(url, username, password, 20, true, 10_000, Duration.ofSeconds(5));
  }

  /// With this many connections.
  public PostgresSettings withConnections(int connections) {
    return new PostgresSettings(url, username, password, connections, notifications, queue, turn);
  }

  /// With or without notifications.
  public PostgresSettings withNotifications(boolean notifications) {
    return new PostgresSettings(url, username, password, connections, notifications, queue, turn);
  }

  /// With at most this many writes waiting.
  public PostgresSettings withQueue(int queue) {
    return new PostgresSettings(url, username, password, connections, notifications, queue, turn);
  }

  /// Everything but the password.
  @Override
  public String toString() {
    return "PostgresSettings[url=" + url + ", username=" + username + "]";
  }
}
