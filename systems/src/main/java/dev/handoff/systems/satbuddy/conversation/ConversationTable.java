package dev.handoff.systems.satbuddy.conversation;

import dev.handoff.systems.kit.SystemsDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/// The rows of conversations. Those that were deleted are found by [#restore] only. Safe for use by
/// many threads.
record ConversationTable(SystemsDatabase db) {
  // The update locks the row, which puts changes of the same conversation one after the other.
  private static final String TOUCH =
      """
      insert into sat_buddy_conversation (user_id, id, tenant, title, pending, updated_at)
      values (:owner, :id, :tenant, :title, :pending, :at)
      on conflict (user_id, id) do update set
        pending = excluded.pending, updated_at = excluded.updated_at
      where sat_buddy_conversation.deleted_at is null
      """;
  private static final String FIND =
      """
      select id, title, pending, updated_at from sat_buddy_conversation
      where user_id = :owner and id = :id and deleted_at is null
      """;
  private static final String COUNT =
      "select count(*) from sat_buddy_conversation where user_id = :owner and id <> :id";
  private static final String LIST =
      """
      select id, title, pending, updated_at from sat_buddy_conversation c
      where user_id = :owner and deleted_at is null and updated_at < :before
        and (:search = '%%' or lower(title) like :search escape '!' or exists (
          select 1 from sat_buddy_message m
          where m.user_id = c.user_id and m.conversation_id = c.id
            and m.words like :search escape '!'))
      order by updated_at desc, id limit :limit
      """;
  private static final String RENAME =
      """
      update sat_buddy_conversation set title = :title
      where user_id = :owner and id = :id and deleted_at is null
      """;
  private static final String DELETE =
      """
      update sat_buddy_conversation set deleted_at = :at
      where user_id = :owner and id = :id and deleted_at is null
      """;
  private static final String RESTORE =
      """
      update sat_buddy_conversation set deleted_at = null
      where user_id = :owner and id = :id and deleted_at is not null
      """;
  private static final String SWEEP =
      "delete from sat_buddy_conversation where updated_at < :unused or deleted_at < :deleted";
  private static final String SETTLE =
      """
      update sat_buddy_conversation set pending = null, updated_at = :at
      where user_id = :owner and id = :id and pending like :task
      """;
  private static final String MESSAGES =
      """
      select id, body, words from sat_buddy_message
      where user_id = :owner and conversation_id = :id order by place, id
      """;
  private static final String PUT_MESSAGE =
      """
      insert into sat_buddy_message (user_id, conversation_id, id, tenant, place, body, words)
      select user_id, id, :message, tenant, :place, :body, :words
      from sat_buddy_conversation where user_id = :owner and id = :id
      on conflict (user_id, conversation_id, id)
        do update set body = excluded.body, words = excluded.words
      """;
  private static final String ADD_MESSAGE =
      """
      insert into sat_buddy_message (user_id, conversation_id, id, tenant, place, body, words)
      select user_id, id, :message, tenant, :place, :body, :words
      from sat_buddy_conversation where user_id = :owner and id = :id
      on conflict (user_id, conversation_id, id) do nothing
      """;
  private static final String SIZE =
      """
      select count(*), coalesce(max(place), 0) from sat_buddy_message
      where user_id = :owner and conversation_id = :id
      """;
  private static final String REMOVE_MESSAGE =
      """
      delete from sat_buddy_message
      where user_id = :owner and conversation_id = :id and id = :message
      """;

  private static final RowMapper<ConversationRow> ROW =
      (row, _) ->
          new ConversationRow(
              row.getString("id"),
              row.getString("title"),
              row.getString("pending"),
              Instant.ofEpochMilli(row.getLong("updated_at")));
  private static final RowMapper<StoredMessage> MESSAGE =
      (row, _) ->
          new StoredMessage(row.getString("id"), row.getString("body"), row.getString("words"));

  /// Makes the conversation or marks it as changed; false when it was deleted.
  boolean touch(
      ConversationKey key, @Nullable String tenant, ConversationChange change, Instant at) {
    return about(TOUCH, key)
            .param("tenant", tenant)
            .param("title", change.title())
            .param("pending", change.pending())
            .param("at", at.toEpochMilli())
            .update()
        == 1;
  }

  Optional<ConversationRow> find(ConversationKey key) {
    return about(FIND, key).query(ROW).optional();
  }

  /// How many other conversations the owner has, deleted ones included.
  long others(ConversationKey key) {
    return about(COUNT, key).query(Long.class).single();
  }

  /// Newest first.
  List<ConversationRow> list(String owner, ConversationSearch search, int limit) {
    return db.sql(LIST)
        .param("owner", owner)
        .param("before", search.before())
        .param("search", search.pattern())
        .param("limit", limit)
        .query(ROW)
        .list();
  }

  boolean rename(ConversationKey key, String title) {
    return about(RENAME, key).param("title", title).update() == 1;
  }

  boolean delete(ConversationKey key, Instant at) {
    return about(DELETE, key).param("at", at.toEpochMilli()).update() == 1;
  }

  boolean restore(ConversationKey key) {
    return about(RESTORE, key).update() == 1;
  }

  /// Deletes for good what was not used, or was deleted, since then.
  int sweep(Instant unused, Instant deleted) {
    return db.sql(SWEEP)
        .param("unused", unused.toEpochMilli())
        .param("deleted", deleted.toEpochMilli())
        .update();
  }

  /// Takes the note of an open request away, if this task is the one; false otherwise.
  boolean settle(ConversationKey key, String task, Instant at) {
    return about(SETTLE, key)
            .param("task", "%\"" + task + "\"%")
            .param("at", at.toEpochMilli())
            .update()
        == 1;
  }

  List<StoredMessage> messages(ConversationKey key) {
    return about(MESSAGES, key).query(MESSAGE).list();
  }

  /// How many messages a conversation has, and the place of the last one.
  record ConversationSize(long messages, long lastPlace) {}

  ConversationSize size(ConversationKey key) {
    return about(SIZE, key)
        .query((row, _) -> new ConversationSize(row.getLong(1), row.getLong(2)))
        .single();
  }

  /// In the place of the one with its id, or else in this one.
  void put(ConversationKey key, long place, StoredMessage message) {
    write(about(PUT_MESSAGE, key).param("place", place), message);
  }

  /// In this place, unless there is one with its id.
  void add(ConversationKey key, long place, StoredMessage message) {
    write(about(ADD_MESSAGE, key).param("place", place), message);
  }

  private static void write(StatementSpec statement, StoredMessage message) {
    var _ =
        statement
            .param("message", message.id())
            .param("body", message.body())
            .param("words", message.words())
            .update();
  }

  void remove(ConversationKey key, String message) {
    var _ = about(REMOVE_MESSAGE, key).param("message", message).update();
  }

  private StatementSpec about(String statement, ConversationKey key) {
    return db.sql(statement).param("owner", key.owner()).param("id", key.id());
  }
}
