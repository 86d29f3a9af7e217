package dev.handoff.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A connection and the statements prepared on it. Used by one thread at a time.
public final class SqlSession implements AutoCloseable {
  private final Connection connection;
  private final TextForm texts;
  private final Map<String, BoundStatement> statements = new HashMap<>();
  private @Nullable Duration patience;

  public SqlSession(Connection connection, TextForm texts) {
    this.connection = connection;
    this.texts = texts;
  }

  /// Returns the statement with this text, prepared at its first use.
  public BoundStatement sql(String text) throws SQLException {
    BoundStatement prepared = statements.get(text);
    if (prepared != null && prepared.isBroken()) {
      prepared.close();
      prepared = null;
    }
    if (prepared == null) {
      NamedSql sql = NamedSql.of(text);
      prepared = new BoundStatement(sql, connection.prepareStatement(sql.jdbc()), texts);
      statements.put(text, prepared);
    }
    return prepared.anew();
  }

  public interface SqlCall<T> {
    T run() throws SQLException;
  }

  /// Runs the work. Its statements with the parameter `lock_timeout` wait no longer than this for a
  /// lock.
  public <T> T waitingAtMost(Duration atMost, SqlCall<T> work) throws SQLException {
    patience = atMost;
    try {
      return work.run();
    } finally {
      patience = null;
    }
  }

  /// Returns the value of the parameter `lock_timeout`; null keeps the server's setting.
  public @Nullable String lockTimeout() {
    return patience == null ? null : patience.toMillis() + "ms";
  }

  public Connection connection() {
    return connection;
  }

  /// Closes the statements. The connection stays open.
  @Override
  public void close() throws SQLException {
    for (BoundStatement statement : statements.values()) {
      statement.close();
    }
    statements.clear();
  }
}
