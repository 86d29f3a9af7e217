package dev.handoff.systems.promptgeneration;

import dev.handoff.spring.web.Caller;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.kit.SystemsDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;

/// The prompts that people saved, each under a name and with its versions. Safe for use by many
/// threads.
public record PromptLibrary(SystemsDatabase db, InstantSource clock) {
  /// The most prompts of a person, and the most versions of each; the oldest versions give way.
  static final int MOST_PROMPTS = 100;

  static final int MOST_VERSIONS = 50;
  private static final int TRIES = 3;

  private static final String NEWEST =
      """
      select v.*, (select count(*) from saved_prompt_version c
        where c.user_id = v.user_id and c.prompt_id = v.prompt_id) as versions
      from saved_prompt_version v
      where v.user_id = :user and v.version = (select max(m.version) from saved_prompt_version m
        where m.user_id = v.user_id and m.prompt_id = v.prompt_id)
      order by v.created_at desc, v.prompt_id
      """;
  private static final String VERSIONS =
      """
      select v.*, 0 as versions from saved_prompt_version v
      where user_id = :user and prompt_id = :id order by version desc limit :most
      """;
  private static final String COUNT =
      "select count(distinct prompt_id) from saved_prompt_version where user_id = :user";
  private static final String ADD =
      """
      insert into saved_prompt_version
        (user_id, prompt_id, version, tenant, name, prompt, notes, created_at)
      select :user, :id, coalesce(max(version), 0) + 1, :tenant, :name, :prompt, :notes, :now
      from saved_prompt_version where user_id = :user and prompt_id = :id
      """;
  private static final String TRIM =
      """
      delete from saved_prompt_version where user_id = :user and prompt_id = :id
        and version <= (select max(version) from saved_prompt_version
          where user_id = :user and prompt_id = :id) - :most
      """;
  private static final String DELETE =
      "delete from saved_prompt_version where user_id = :user and prompt_id = :id";

  /// A prompt under a name, and the notes that it was made of.
  public record NamedPrompt(String name, String prompt, String notes) {}

  /// One version of a prompt.
  ///
  /// @param count how many versions there are, where it stands for all of them
  public record PromptVersion(
      String id, int version, NamedPrompt content, Instant createdAt, int count) {}

  /// The newest version of each prompt, the prompt that was changed last first.
  public List<PromptVersion> of(Caller owner) {
    return db.sql(NEWEST).param("user", owner.owner()).query((row, _) -> version(row)).list();
  }

  /// The versions of a prompt, the newest first; none for an unknown or another person's prompt.
  public List<PromptVersion> versions(Caller owner, String id) {
    return newest(owner, id, MOST_VERSIONS);
  }

  private List<PromptVersion> newest(Caller owner, String id, int most) {
    return db.sql(VERSIONS)
        .param("user", owner.owner())
        .param("id", id)
        .param("most", most)
        .query((row, _) -> version(row))
        .list();
  }

  /// Saves a new prompt.
  ///
  /// @throws RefusedException when the person has too many (409)
  public PromptVersion save(Caller owner, NamedPrompt content) {
    if (db.sql(COUNT).param("user", owner.owner()).query(Integer.class).single() >= MOST_PROMPTS) {
      throw RefusedException.of(
          409, "You have %d saved prompts. Delete one first.".formatted(MOST_PROMPTS));
    }
    return added(owner, UUID.randomUUID().toString(), content);
  }

  /// Saves another version of a prompt; empty when there is no such prompt.
  public Optional<PromptVersion> saveVersion(Caller owner, String id, NamedPrompt content) {
    return newest(owner, id, 1).isEmpty()
        ? Optional.empty()
        : Optional.of(added(owner, id, content));
  }

  /// Deletes a prompt with all its versions, if there is one.
  public boolean delete(Caller owner, String id) {
    return db.sql(DELETE).param("user", owner.owner()).param("id", id).update() > 0;
  }

  private PromptVersion added(Caller owner, String id, NamedPrompt content) {
    for (int tried = 1; ; tried++) {
      try {
        return db.inTransaction(() -> addedOnce(owner, id, content));
      } catch (DuplicateKeyException sameNumberAtOnce) {
        if (tried == TRIES) {
          throw sameNumberAtOnce;
        }
      }
    }
  }

  private PromptVersion addedOnce(Caller owner, String id, NamedPrompt content) {
    var _ =
        db.sql(ADD)
            .param("user", owner.owner())
            .param("id", id)
            .param("tenant", owner.tenant())
            .param("name", content.name())
            .param("prompt", content.prompt())
            .param("notes", content.notes())
            .param("now", clock.instant().toEpochMilli())
            .update();
    var _ =
        db.sql(TRIM)
            .param("user", owner.owner())
            .param("id", id)
            .param("most", MOST_VERSIONS)
            .update();
    return newest(owner, id, 1).getFirst();
  }

  private static PromptVersion version(ResultSet row) throws SQLException {
    return new PromptVersion(
        row.getString("prompt_id"),
        row.getInt("version"),
        new NamedPrompt(row.getString("name"), row.getString("prompt"), row.getString("notes")),
        RowValues.time(row, "created_at"),
        row.getInt("versions"));
  }
}
