package dev.handoff.systems.promptgeneration;

import dev.handoff.TimeSource;
import dev.handoff.jdbc.SqlEffect;
import dev.handoff.systems.kit.Sha256;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.promptgeneration.Businesses.Business;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Prompts of a while ago, for who asks for the same again and says that they will do. Each user
/// has their own. Safe for use by many threads.
final class KeptPrompts {
  private static final String FIND =
      """
      select prompt from kept_prompt
      where user_id = :user and fingerprint = :fingerprint and created_at >= :since
      """;

  private final SystemsDatabase db;
  private final Duration cacheFor;
  private final String model;
  private final TimeSource clock;

  KeptPrompts(SystemsDatabase db, PromptCosts settings, PromptAuthor author, TimeSource clock) {
    this.db = db;
    this.cacheFor = settings.cacheFor();
    this.model = author.model();
    this.clock = clock;
  }

  /// What makes two requests of a user the same: the notes, the business, the model.
  String fingerprint(String notes, Business business) {
    // Each preceded by its length, so that no two different sets of parts read the same.
    StringBuilder all = new StringBuilder();
    for (String part : new String[] {model, business.type(), business.template(), notes}) {
      all.append(part.getBytes(StandardCharsets.UTF_8).length).append(':').append(part);
    }
    return Sha256.of(all.toString());
  }

  Optional<String> find(String user, String fingerprint) {
    return cacheFor.isZero()
        ? Optional.empty()
        : db.sql(FIND)
            .param("user", user)
            .param("fingerprint", fingerprint)
            .param("since", clock.instant().minus(cacheFor).toEpochMilli())
            .query(String.class)
            .optional();
  }

  /// Keeps a prompt, and lets the old ones go.
  SqlEffect keep(String user, String fingerprint, String prompt) {
    Instant now = clock.instant();
    return new KeptPrompt(user, fingerprint, prompt, now, now.minus(cacheFor));
  }

  private record KeptPrompt(
      String user, String fingerprint, String prompt, Instant now, Instant oldest)
      implements SqlEffect {
    private static final String DELETE_OLD = "delete from kept_prompt where created_at < ?";
    private static final String KEEP =
        """
        insert into kept_prompt (user_id, fingerprint, prompt, created_at) values (?, ?, ?, ?)
        on conflict (user_id, fingerprint)
          do update set prompt = excluded.prompt, created_at = excluded.created_at
        """;

    @Override
    public void apply(Connection connection) throws SQLException {
      try (PreparedStatement delete = connection.prepareStatement(DELETE_OLD);
          PreparedStatement keep = connection.prepareStatement(KEEP)) {
        delete.setLong(1, oldest.toEpochMilli());
        delete.executeUpdate();
        keep.setString(1, user);
        keep.setString(2, fingerprint);
        keep.setString(3, prompt);
        keep.setLong(4, now.toEpochMilli());
        keep.executeUpdate();
      }
    }
  }
}
