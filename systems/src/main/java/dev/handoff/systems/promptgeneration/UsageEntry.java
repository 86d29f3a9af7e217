package dev.handoff.systems.promptgeneration;

import dev.handoff.jdbc.SqlEffect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of the log of AI usage, written in the commit that completes its task.
record UsageEntry(
    String id, String user, Asked asked, Duration responseTime, String metadata, Instant at)
    implements SqlEffect {
  static final String SECTION = "prompt_generation";

  private static final String INSERT =
      """
      insert into ai_usage_log (
        id, user_id, section, prompt_tokens, completion_tokens, total_tokens, response_time_ms,
        success, model_name, error_message, metadata, created_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (id) do nothing
      """;

  @Override
  public void apply(Connection connection) throws SQLException {
    @Nullable String error = asked.error();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, id);
      insert.setString(2, user);
      insert.setString(3, SECTION);
      insert.setLong(4, asked.promptTokens());
      insert.setLong(5, asked.completionTokens());
      insert.setLong(6, asked.totalTokens());
      insert.setLong(7, responseTime.toMillis());
      insert.setBoolean(8, error == null);
      insert.setString(9, asked.model());
      insert.setString(10, error);
      insert.setString(11, metadata);
      insert.setLong(12, at.toEpochMilli());
      insert.executeUpdate();
    }
  }
}
