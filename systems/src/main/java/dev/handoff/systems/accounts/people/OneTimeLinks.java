package dev.handoff.systems.accounts.people;

import dev.handoff.systems.kit.Sha256;
import dev.handoff.systems.kit.SystemsDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tokens of links that are good for one use within their time: to set the password of an account,
/// or to make the first account. What a token is for, its beginning says. Safe for use by many
/// threads.
final class OneTimeLinks {
  static final Duration LIFETIME = Duration.ofHours(1);

  private static final String FIRST_ACCOUNT = "first-";
  private static final String PASSWORD = "password-";
  private static final int SECRET_BYTES = 32;

  private static final String FORGET = "delete from account_link where expires_at <= :now";
  private static final String ADD =
      """
      insert into account_link (token_hash, user_id, expires_at)
      values (:hash, :user, :expiresAt)
      """;
  private static final String FIND_ACCOUNT =
      "select user_id from account_link where token_hash = :hash and user_id is not null";
  private static final String TAKE =
      "delete from account_link where token_hash = :hash and expires_at > :now";
  // All of them: several nodes may have printed one each.
  private static final String TAKE_FIRST =
      """
      delete from account_link
      where user_id is null and exists (
        select 1 from account_link
        where token_hash = :hash and user_id is null and expires_at > :now)
      """;

  private final SystemsDatabase db;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  OneTimeLinks(SystemsDatabase db, InstantSource clock) {
    this.db = db;
    this.clock = clock;
  }

  /// Makes a token for making the first account.
  String forFirstAccount() {
    return make(FIRST_ACCOUNT, null);
  }

  /// Makes a token for setting the password of this account.
  String forPasswordOf(UUID account) {
    return make(PASSWORD, account);
  }

  private String make(String beginning, @Nullable UUID account) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String token = beginning + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    long now = clock.millis();
    var _ = db.sql(FORGET).param("now", now).update();
    var _ =
        db.sql(ADD)
            .param("hash", Sha256.of(token))
            .param("user", account == null ? null : account.toString(), java.sql.Types.VARCHAR)
            .param("expiresAt", now + LIFETIME.toMillis())
            .update();
    return token;
  }

  /// Uses up a token for the first account, and every other one of that kind.
  ///
  /// @return whether it was good
  boolean takeFirst(String token) {
    return db.sql(TAKE_FIRST).param("hash", Sha256.of(token)).param("now", clock.millis()).update()
        > 0;
  }

  /// The account whose password a token may set, as long as nobody has used it.
  Optional<UUID> accountOf(String token) {
    return db.sql(FIND_ACCOUNT)
        .param("hash", Sha256.of(token))
        .query(String.class)
        .optional()
        .map(UUID::fromString);
  }

  /// Uses up a token for a password.
  ///
  /// @return whether it was good
  boolean take(String token) {
    return db.sql(TAKE).param("hash", Sha256.of(token)).param("now", clock.millis()).update() == 1;
  }

  static boolean isForFirstAccount(String token) {
    return token.startsWith(FIRST_ACCOUNT);
  }
}
