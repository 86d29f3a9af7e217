package dev.handoff.systems.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.handoff.spring.web.Unavailability;
import dev.handoff.systems.DemoProperties;
import dev.handoff.systems.accounts.CredentialBasis.AccountBasis;
import dev.handoff.systems.accounts.CredentialBasis.KeyBasis;
import dev.handoff.systems.accounts.CredentialBasis.LoginBasis;
import dev.handoff.systems.accounts.CredentialBasis.TokenBasis;
import dev.handoff.systems.kit.SystemsDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/// The one place that tells whether what credentials rest on still stands: logins, accounts, API
/// keys and task tokens. What the database said is believed for 3 s, so that whatever has ended has
/// ended everywhere within 5 s, and while the database is away also longer: nothing can end then.
/// Safe for use by many threads.
final class CredentialChecks {
  private static final Duration BELIEVED = Duration.ofSeconds(3);
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);
  private static final int REMEMBERED = 20_000;

  private static final String LOGIN =
      """
      select coalesce(user_account.tenant, '') from login_session
      join user_account on user_account.id = login_session.user_id
      where login_session.id = :session and user_account.id = :account
        and login_session.ends_at > :now and user_account.is_active
        and (:demo or not user_account.is_demo)
      """;
  private static final String ACCOUNT =
      """
      select coalesce(tenant, '') from user_account
      where id = :account and is_active and (:demo or not is_demo)
      """;
  private static final String ENDED_TOKEN =
      "select count(*) from ended_task_token where id = :token";
  private static final String FORGET = "delete from ended_task_token where expires_at < :now";
  private static final String END_TOKEN =
      """
      insert into ended_task_token (id, expires_at) values (:token, :expiresAt)
      on conflict do nothing
      """;

  private final SystemsDatabase db;
  private final ApiKeys keys;
  private final InstantSource clock;
  private final Unavailability unavailability;
  private final boolean demo;
  private final Cache<CredentialBasis, CheckedBasis> findings =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REMEMBERED_FOR).build();

  CredentialChecks(
      SystemsDatabase db,
      ApiKeys keys,
      InstantSource clock,
      Unavailability unavailability,
      DemoProperties settings) {
    this.db = db;
    this.keys = keys;
    this.clock = clock;
    this.unavailability = unavailability;
    this.demo = settings.demo();
  }

  enum Verdict {
    STANDS,
    ENDED,
    /// The account is in another tenant now.
    MOVED
  }

  /// What the database said, and when by this process's own count.
  private record CheckedBasis(Verdict verdict, long at) {
    boolean isFresh() {
      return System.nanoTime() - at < BELIEVED.toNanos();
    }
  }

  boolean stand(List<CredentialBasis> all) {
    return all.stream().allMatch(basis -> check(basis) == Verdict.STANDS);
  }

  Verdict check(CredentialBasis basis) {
    // Keys are remembered where they are revoked, so that one is void there at once.
    if (basis instanceof KeyBasis(String key)) {
      return standsIf(keys.isGood(key));
    }
    CheckedBasis known = findings.getIfPresent(basis);
    if (known != null && known.isFresh()) {
      return known.verdict();
    }
    try {
      long before = System.nanoTime();
      CheckedBasis found = new CheckedBasis(look(basis), before);
      findings.put(basis, found);
      return found.verdict();
    } catch (RuntimeException failure) {
      if (known == null || unavailability.retryAfter(failure).isEmpty()) {
        throw failure;
      }
      return known.verdict();
    }
  }

  private Verdict look(CredentialBasis basis) {
    return switch (basis) {
      case LoginBasis(String session, String account, @Nullable String tenant) ->
          compare(
              tenant,
              db.sql(LOGIN)
                  .param("session", session)
                  .param("account", account)
                  .param("now", clock.millis())
                  .param("demo", demo));
      case AccountBasis(String account, @Nullable String tenant) ->
          compare(tenant, db.sql(ACCOUNT).param("account", account).param("demo", demo));
      case KeyBasis(String key) -> standsIf(keys.isGood(key));
      case TokenBasis(String token) ->
          standsIf(db.sql(ENDED_TOKEN).param("token", token).query(Integer.class).single() == 0);
    };
  }

  private static Verdict compare(@Nullable String tenant, StatementSpec tenantNow) {
    return tenantNow
        .query(String.class)
        .optional()
        .map(now ->
            now.equals(Objects.requireNonNullElse(tenant, "")) ? Verdict.STANDS : Verdict.MOVED)
        .orElse(Verdict.ENDED);
  }

  private static Verdict standsIf(boolean stands) {
    return stands ? Verdict.STANDS : Verdict.ENDED;
  }

  /// Revokes a task token that ends by this time anyway.
  void endToken(String token, Instant expiresAt) {
    var _ = db.sql(FORGET).param("now", clock.millis()).update();
    var _ =
        db.sql(END_TOKEN)
            .param("token", token)
            .param("expiresAt", expiresAt.toEpochMilli())
            .update();
    findings.invalidate(new TokenBasis(token));
  }
}
