package dev.handoff.spring.api;

import dev.handoff.spring.tables.ApiTables;
import dev.handoff.spring.wire.BatchTakenView;
import dev.handoff.spring.wire.WireJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The tables of idempotency keys with their answers, and of batches. Uses the caller's transaction
/// where there is one. Safe for use by many threads.
final class SubmitTables {
  private static final int PORTION = 1000;

  private static final String FIND_KEY =
      """
      select fingerprint, answer from handoff_idempotency
      where scope = :scope and key = :key and expires_at > :now
      """;

  private static final String FREE_KEY =
      "delete from handoff_idempotency where scope = :scope and key = :key and expires_at <= :now";

  /// Of two concurrent requests with one key, the second waits here for the first one's
  /// transaction.
  private static final String ADD_KEY =
      """
      insert into handoff_idempotency (scope, key, fingerprint, answer, expires_at)
      values (:scope, :key, :fingerprint, '', :expires_at)
      on conflict do nothing
      """;

  private static final String SET_ANSWER =
      "update handoff_idempotency set answer = :answer where scope = :scope and key = :key";

  private static final String ADD_BATCH =
      """
      insert into handoff_batch (id, scope, created_at, expires_at, items)
      values (:id, :scope, :created_at, :expires_at, :items)
      """;

  private static final String FIND_BATCH =
      """
      select created_at, items from handoff_batch
      where id = :id and scope = :scope and expires_at > :now
      """;

  private static final String PURGE_KEYS =
      """
      delete from handoff_idempotency where (scope, key) in (
        select scope, key from handoff_idempotency where expires_at <= :now
        order by expires_at limit :at_most)
      """;

  private static final String PURGE_BATCHES =
      """
      delete from handoff_batch where id in (
        select id from handoff_batch where expires_at <= :now order by expires_at limit :at_most)
      """;

  private final JdbcClient sql;

  SubmitTables(JdbcClient sql, ApiTables migrated) {
    this.sql = sql;
  }

  /// The answer to a key: the digest of its request, and the id of the task or the batch.
  record Remembered(String fingerprint, String answer) {}

  /// A batch as it was submitted.
  record StoredBatch(String id, Instant createdAt, List<BatchTakenView.Item> items) {}

  Optional<Remembered> find(IdempotencyKey key, Instant now) {
    return sql.sql(FIND_KEY)
        .param("scope", key.scope())
        .param("key", key.key())
        .param("now", now.toEpochMilli())
        .query(
            (row, ignored) -> new Remembered(row.getString("fingerprint"), row.getString("answer")))
        .optional();
  }

  /// Takes the key, without an answer yet; only within a transaction.
  ///
  /// @return whether it was free
  boolean take(IdempotencyKey key, Instant now, Instant until) {
    var ignored =
        sql.sql(FREE_KEY)
            .param("scope", key.scope())
            .param("key", key.key())
            .param("now", now.toEpochMilli())
            .update();
    return sql.sql(ADD_KEY)
            .param("scope", key.scope())
            .param("key", key.key())
            .param("fingerprint", key.fingerprint())
            .param("expires_at", until.toEpochMilli())
            .update()
        == 1;
  }

  void setAnswer(IdempotencyKey key, String answer) {
    var ignored =
        sql.sql(SET_ANSWER)
            .param("answer", answer)
            .param("scope", key.scope())
            .param("key", key.key())
            .update();
  }

  void add(StoredBatch batch, String scope, Instant until) {
    BatchTakenView stored = new BatchTakenView(batch.id(), batch.items());
    var ignored =
        sql.sql(ADD_BATCH)
            .param("id", batch.id())
            .param("scope", scope)
            .param("created_at", batch.createdAt().toEpochMilli())
            .param("expires_at", until.toEpochMilli())
            .param("items", WireJson.write(stored))
            .update();
  }

  Optional<StoredBatch> batch(String id, String scope, Instant now) {
    return sql.sql(FIND_BATCH)
        .param("id", id)
        .param("scope", scope)
        .param("now", now.toEpochMilli())
        .query((row, ignored) ->
            new StoredBatch(
                id,
                Instant.ofEpochMilli(row.getLong("created_at")),
                WireJson.read(row.getString("items"), BatchTakenView.class).tasks()))
        .optional();
  }

  /// Deletes all that has expired, in small portions.
  ///
  /// @return how many were deleted
  int purge(Instant now) {
    int deleted = 0;
    int portion;
    do {
      portion = purge(PURGE_KEYS, now, PORTION) + purge(PURGE_BATCHES, now, PORTION);
      deleted += portion;
    } while (portion >= PORTION);
    return deleted;
  }

  private int purge(String statement, Instant now, int atMost) {
    return sql.sql(statement).param("now", now.toEpochMilli()).param("at_most", atMost).update();
  }
}
