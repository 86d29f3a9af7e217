package dev.handoff.systems.accounts;

import dev.handoff.systems.accounts.LoginSession.Device;
import dev.handoff.systems.kit.Sha256;
import dev.handoff.systems.kit.SystemsDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
      "update refresh_token set replaced_at = :now where token_hash = :hash";
  private static final String FORGET = "delete from refresh_token where expires_at < :now";

  private final SystemsDatabase db;
  private final LoginSessions sessions;
  private final InstantSource clock;
  private final Duration lifetime;
  private final SecureRandom random = new SecureRandom();

  RefreshTokens(
      SystemsDatabase db, LoginSessions sessions, InstantSource clock, Duration lifetime) {
    this.db = db;
    this.sessions = sessions;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /// A new or renewed login: whose it is, its id, and the token for the next time.
  record Renewed(UUID user, String session, String token) {}

  /// What came of a token.
  ///
  /// @param renewed the login; none if the token is not good any more
  /// @param copiedFrom whose login has ended because the token was used before
  record Renewal(Optional<Renewed> renewed, Optional<UUID> copiedFrom) {
    static final Renewal NONE = new Renewal(Optional.empty(), Optional.empty());
  }

  private record Row(String family, UUID user, Instant expiresAt, @Nullable Instant replacedAt) {}

  /// Begins a login.
  Renewed issue(UUID user, Device device) {
    var _ = db.sql(FORGET).param("now", clock.instant().toEpochMilli()).update();
    String session = UUID.randomUUID().toString();
    return db.inTransaction(() -> {
      sessions.begin(session, user, device);
      return new Renewed(user, session, issue(user, session));
    });
  }

  /// Trades a token for the next one.
  Renewal renew(String token) {
    return db.inTransaction(() -> renewInTransaction(Sha256.of(token)));
  }

  private Renewal renewInTransaction(String hash) {
    Instant now = clock.instant();
    // The login's lock first, so that of two at once the later sees the earlier's mark, and nobody
    // ends the login beside us unnoticed.
    boolean lasts = find(hash).filter(row -> sessions.use(row.family())).isPresent();
    Optional<Row> found = lasts ? find(hash) : Optional.empty();
    if (found.isEmpty() || found.get().expiresAt().isBefore(now)) {
      return Renewal.NONE;
    }
    Row row = found.get();
    if (row.replacedAt() == null) {
      var _ = db.sql(REPLACE).param("now", now.toEpochMilli()).param("hash", hash).update();
    } else if (!row.replacedAt().plus(TOGETHER).isAfter(now)) {
      sessions.end(row.family());
      return new Renewal(Optional.empty(), Optional.of(row.user()));
    }
    return new Renewal(
        Optional.of(new Renewed(row.user(), row.family(), issue(row.user(), row.family()))),
        Optional.empty());
  }

  /// Ends the login that this token belongs to.
  ///
  /// @return whose it was
  Optional<UUID> end(String token) {
    Optional<Row> found = find(Sha256.of(token));
    found.ifPresent(row -> sessions.end(row.family()));
    return found.map(Row::user);
  }

  private String issue(UUID user, String family) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    var _ =
        db.sql(ADD)
            .param("hash", Sha256.of(token))
            .param("family", family)
            .param("user", user.toString())
            .param("expiresAt", clock.instant().plus(lifetime).toEpochMilli())
            .update();
    return token;
  }

  private Optional<Row> find(String hash) {
    return db.sql(FIND)
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
}
