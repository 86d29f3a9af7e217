package dev.handoff.systems.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// Tokens that renew a login, each good once. The tokens that followed one password are a family:
/// when a replaced one is used again, somebody copied it, and the whole family ends. Safe for use
/// by many threads.
public final class RefreshTokens {
  /// Two tabs may renew at the same moment with the same cookie.
  private static final Duration TOGETHER = Duration.ofSeconds(10);

  private static final String ADD =
      """
      insert into refresh_token (token_hash, family, user_id, expires_at)
      values (:hash, :family, :user, :expiresAt)
      """;
  private static final String FIND =
      """
      select family, user_id, expires_at, replaced_at from refresh_token
      where token_hash = :hash
      """;
  private static final String REPLACE =
      """
      update refresh_token set replaced_at = coalesce(replaced_at, :now)
      where token_hash = :hash
      """;
  private static final String END_FAMILY = "delete from refresh_token where family = :family";
  private static final String FORGET = "delete from refresh_token where expires_at < :now";

  private final JdbcClient sql;
  private final TransactionOperations transactions;
  private final InstantSource clock;
  private final Duration lifetime;
  private final SecureRandom random = new SecureRandom();

  /// Over a database with the systems' tables.
  public RefreshTokens(
      JdbcClient sql, TransactionOperations transactions, InstantSource clock, Duration lifetime) {
    this.sql = sql;
    this.transactions = transactions;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /// A renewed login: whose it is, and the token for the next time.
  record Renewed(UUID user, String token) {}

  private record Row(String family, UUID user, Instant expiresAt, @Nullable Instant replacedAt) {}

  /// The first token after a password.
  String issue(UUID user) {
    var _ = sql.sql(FORGET).param("now", clock.instant().toEpochMilli()).update();
    return issue(user, UUID.randomUUID().toString());
  }

  /// Trades a token for the next one; nothing when it is not good any more.
  Optional<Renewed> renew(String token) {
    Optional<Renewed> renewed = transactions.execute(_ -> renewInTransaction(hash(token)));
    return renewed == null ? Optional.empty() : renewed;
  }

  private Optional<Renewed> renewInTransaction(String hash) {
    Instant now = clock.instant();
    // First, so that of two at once the later sees the earlier's mark. Marked again it keeps its
    // mark, but its row is ours until the end: nobody ends the family beside us unnoticed.
    var _ = sql.sql(REPLACE).param("now", now.toEpochMilli()).param("hash", hash).update();
    Optional<Row> found = find(hash);
    if (found.isEmpty() || found.get().expiresAt().isBefore(now)) {
      return Optional.empty();
    }
    Row row = found.get();
    if (!replacedJustNow(row, now)) {
      endFamily(row.family());
      return Optional.empty();
    }
    return Optional.of(new Renewed(row.user(), issue(row.user(), row.family())));
  }

  /// Ends the login that this token belongs to.
  void end(String token) {
    find(hash(token)).ifPresent(row -> endFamily(row.family()));
  }

  // Again until there is none: a renewal under way holds a row of the family, so the deletion waits
  // for it, but does not see the row that it has added meanwhile.
  private void endFamily(String family) {
    int deleted;
    do {
      deleted = sql.sql(END_FAMILY).param("family", family).update();
    } while (deleted > 0);
  }

  private String issue(UUID user, String family) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    var _ =
        sql.sql(ADD)
            .param("hash", hash(token))
            .param("family", family)
            .param("user", user.toString())
            .param("expiresAt", clock.instant().plus(lifetime).toEpochMilli())
            .update();
    return token;
  }

  private Optional<Row> find(String hash) {
    return sql.sql(FIND)
        .param("hash", hash)
        .query((row, _) -> {
          long replacedAt = row.getLong("replaced_at");
          return new Row(
              row.getString("family"),
              UUID.fromString(row.getString("user_id")),
              Instant.ofEpochMilli(row.getLong("expires_at")),
              replacedAt == 0 ? null : Instant.ofEpochMilli(replacedAt));
        })
        .optional();
  }

  private static boolean replacedJustNow(Row row, Instant now) {
    Instant replacedAt = row.replacedAt();
    return replacedAt != null && replacedAt.plus(TOGETHER).isAfter(now);
  }

  private static String hash(String token) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
