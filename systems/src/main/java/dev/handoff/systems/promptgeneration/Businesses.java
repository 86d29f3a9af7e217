package dev.handoff.systems.promptgeneration;

import dev.handoff.systems.kit.SystemsDatabase;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// Which business an owner has, and the template of its kind. Safe for use by many threads.
public record Businesses(SystemsDatabase db) {
  private static final String FIND_TYPE =
      """
      select o.business_type from user_account u
      left join business_owner o on o.user_id = u.id
      where u.id = :user
      """;
  private static final String FIND_TEMPLATE =
      "select prompt from business_prompt where lower(trim(name)) = :name order by id limit 1";
  private static final String ADD_TYPE =
      """
      insert into business_owner (user_id, business_type) values (:user, :type)
      on conflict do nothing
      """;
  private static final String ADD_TEMPLATE =
      """
      insert into business_prompt (id, name, prompt, ai_answer_prompt)
      values (:id, :name, :prompt, :answerPrompt)
      on conflict do nothing
      """;

  /// What is known of a business; empty texts where nothing is.
  public record Business(String type, String template) {}

  record Template(long id, String name, String prompt, String answerPrompt) {}

  /// The business of this user; nothing when there is no such user.
  public Optional<Business> of(String user) {
    return db.sql(FIND_TYPE)
        .param("user", user)
        .query((row, _) -> Objects.requireNonNullElse(row.getString(1), ""))
        .optional()
        .map(this::business);
  }

  private Business business(String type) {
    if (type.isBlank()) {
      return new Business("", "");
    }
    String name = type.strip();
    return new Business(
        name,
        db.sql(FIND_TEMPLATE)
            .param("name", name.toLowerCase(Locale.ROOT))
            .query(String.class)
            .optional()
            .orElse(""));
  }

  /// Notes a user's type of business, unless one is noted.
  void add(String user, String type) {
    var _ = db.sql(ADD_TYPE).param("user", user).param("type", type).update();
  }

  /// Adds a template, unless its id is taken.
  void add(Template template) {
    var _ = db.sql(ADD_TEMPLATE).paramSource(template).update();
  }
}
