package dev.handoff.systems.promptgeneration;

import dev.handoff.systems.kit.SystemsDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How long prompts took, step by step, from the log of AI usage. Safe for use by many threads.
public record PromptAnalytics(SystemsDatabase db) {
  /// Enough for a percentile that means something, and read in a few milliseconds.
  private static final int LAST = 1_000;

  private static final String OF_USER =
      """
      select success, total_tokens, metadata from ai_usage_log
      where user_id = :user and section = :section
      order by created_at desc limit :last
      """;
  private static final String OF_ALL =
      """
      select success, total_tokens, metadata from ai_usage_log
      where section = :section
      order by created_at desc limit :last
      """;

  /// Several prompts of the log.
  ///
  /// @param byAi how many an AI wrote
  /// @param steps how long each step took, in milliseconds
  public record PromptTimes(int prompts, int byAi, int failed, Map<String, List<Long>> steps) {}

  private record LoggedPrompt(boolean success, long tokens, JsonNode steps) {}

  /// Of this user's last prompts, or of everybody's.
  public PromptTimes of(Optional<String> user) {
    JdbcClient.StatementSpec query =
        user.isPresent() ? db.sql(OF_USER).param("user", user.get()) : db.sql(OF_ALL);
    List<LoggedPrompt> lines =
        query
            .param("section", UsageEntry.SECTION)
            .param("last", LAST)
            .query((row, _) ->
                new LoggedPrompt(row.getBoolean(1), row.getLong(2), steps(row.getString(3))))
            .list();
    Map<String, List<Long>> times = new LinkedHashMap<>();
    for (LoggedPrompt line : lines) {
      line.steps()
          .properties()
          .forEach(step ->
              times
                  .computeIfAbsent(step.getKey(), _ -> new ArrayList<>())
                  .add(step.getValue().asLong(0)));
    }
    int failed = (int) lines.stream().filter(line -> !line.success()).count();
    int byAi = (int) lines.stream().filter(line -> line.tokens() > 0).count();
    return new PromptTimes(lines.size(), byAi, failed, times);
  }

  private static JsonNode steps(@Nullable String metadata) {
    return JsonMapper.shared().readTree(metadata == null ? "{}" : metadata).path("steps");
  }
}
