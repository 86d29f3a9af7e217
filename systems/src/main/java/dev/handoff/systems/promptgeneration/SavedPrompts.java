package dev.handoff.systems.promptgeneration;

import dev.handoff.systems.kit.SystemsDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// The prompts that owners work with, one of each user. What is generated gets here only when its
/// owner saves it. Safe for use by many threads.
public record SavedPrompts(SystemsDatabase db, InstantSource clock) {
  private static final String FIND =
      "select manual_prompt, updated_at from ai_prompts where user_id = :user";
  private static final String SAVE =
      """
      insert into ai_prompts (user_id, manual_prompt, updated_at) values (:user, :prompt, :now)
      on conflict (user_id)
        do update set manual_prompt = excluded.manual_prompt, updated_at = excluded.updated_at
      """;

  public record Saved(String prompt, Instant at) {}

  public Optional<Saved> of(String user) {
    return db.sql(FIND)
        .param("user", user)
        .query((row, _) -> new Saved(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
        .optional();
  }

  /// Saves it in place of the one before.
  public Saved save(String user, String prompt) {
    Instant now = clock.instant();
    var _ =
        db.sql(SAVE)
            .param("user", user)
            .param("prompt", prompt)
            .param("now", now.toEpochMilli())
            .update();
    return new Saved(prompt, Instant.ofEpochMilli(now.toEpochMilli()));
  }
}
