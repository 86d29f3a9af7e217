package dev.handoff.systems.accounts;

import dev.handoff.systems.DemoProperties;
import dev.handoff.systems.accounts.ApiKey.Terms;
import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.kit.SystemsDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// API keys in the database. Safe for use by many threads.
record ApiKeyTable(SystemsDatabase db, DemoProperties settings) {
  // Changes nothing, but makes those who add a key to the same account come one after the other, so
  // that their counts are right.
  private static final String LOCK_ACCOUNT =
      "update user_account set is_active = is_active where id = :user";
  private static final String FORGET_EXPIRED =
      "delete from api_key where user_id = :user and expires_at <= :now";
  private static final String ADD =
      """
      insert into api_key
        (id, user_id, tenant, name, scopes, secret_hash, created_at, expires_at)
      select :id, :user, :tenant, :name, :scopes, :hash, :createdAt, :expiresAt
      where (select count(*) from api_key where user_id = :user) < :atMost
      """;
  private static final String LIST =
      "select * from api_key where user_id = :user order by created_at desc, id";
  private static final String FIND =
      """
      select api_key.*, user_account.tenant as tenant_now,
        user_account.is_active and (:demo or not user_account.is_demo) as is_active
      from api_key join user_account on user_account.id = api_key.user_id
      where api_key.id = :id
      """;
  private static final String REMOVE = "delete from api_key where id = :id and user_id = :user";
  // Of several nodes only the first in a minute writes.
  private static final String USED =
      """
      update api_key set last_used_at = :now
      where id = :id and (last_used_at is null or last_used_at <= :before)
      """;

  /// A key with what proves it, and whether its account is still the one it was made for.
  record Stored(ApiKey key, String secretHash, boolean accountStands) {}

  /// Adds a key, and forgets those of its account that are over, unless so many are left.
  ///
  /// @return whether it was added
  boolean add(ApiKey key, String secretHash, int atMost) {
    return db.inTransaction(() -> addInTransaction(key, secretHash, atMost));
  }

  private boolean addInTransaction(ApiKey key, String secretHash, int atMost) {
    String user = key.user().toString();
    var _ = db.sql(LOCK_ACCOUNT).param("user", user).update();
    var _ =
        db.sql(FORGET_EXPIRED)
            .param("user", user)
            .param("now", key.createdAt().toEpochMilli())
            .update();
    return db.sql(ADD)
            .param("id", key.id())
            .param("user", user)
            .param("tenant", key.tenant(), java.sql.Types.VARCHAR)
            .param("name", key.terms().name())
            .param("scopes", words(key.terms().scopes()))
            .param("hash", secretHash)
            .param("createdAt", key.createdAt().toEpochMilli())
            .param("expiresAt", RowValues.millis(key.terms().expiresAt()), java.sql.Types.BIGINT)
            .param("atMost", atMost)
            .update()
        == 1;
  }

  List<ApiKey> of(UUID user) {
    return db.sql(LIST).param("user", user.toString()).query((row, _) -> key(row)).list();
  }

  Optional<Stored> find(String id) {
    return db.sql(FIND)
        .param("id", id)
        .param("demo", settings.demo())
        .query((row, _) -> stored(row))
        .optional();
  }

  /// Ends a key of this account.
  ///
  /// @return whether there was one
  boolean remove(String id, UUID user) {
    return db.sql(REMOVE).param("id", id).param("user", user.toString()).update() == 1;
  }

  /// Notes that it was used, unless that was noted after `before`.
  void used(String id, Instant now, Instant before) {
    var _ =
        db.sql(USED)
            .param("id", id)
            .param("now", now.toEpochMilli())
            .param("before", before.toEpochMilli())
            .update();
  }

  private static Stored stored(ResultSet row) throws SQLException {
    ApiKey key = key(row);
    boolean stands =
        row.getBoolean("is_active") && Objects.equals(key.tenant(), row.getString("tenant_now"));
    return new Stored(key, row.getString("secret_hash"), stands);
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    Terms terms =
        new Terms(
            row.getString("name"),
            scopes(row.getString("scopes")),
            RowValues.timeOrNull(row, "expires_at"));
    return new ApiKey(
        row.getString("id"),
        UUID.fromString(row.getString("user_id")),
        row.getString("tenant"),
        terms,
        RowValues.time(row, "created_at"),
        RowValues.timeOrNull(row, "last_used_at"));
  }

  private static String words(Set<KeyScope> scopes) {
    return scopes.stream().sorted().map(KeyScope::word).collect(Collectors.joining(","));
  }

  private static Set<KeyScope> scopes(String words) {
    return Arrays.stream(words.split(",", -1))
        .map(word -> KeyScope.ofWord(word).orElseThrow())
        .collect(Collectors.toSet());
  }
}
