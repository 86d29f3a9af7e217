package dev.handoff.systems.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.handoff.systems.http.RefusedException;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Locale;

/// Bounds guessing: so many wrong passwords for an account from one address, and from an address
/// altogether. An account is never locked for other addresses, so nobody can lock a person out.
/// Remembers at most 100,000 addresses and accounts. Safe for use by many threads.
final class LoginGuard {
  private static final int REMEMBERED = 100_000;

  private final AccountsProperties settings;
  private final Cache<String, Bucket> attempts;

  LoginGuard(AccountsProperties settings) {
    this.settings = settings;
    this.attempts =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterAccess(settings.loginWindow())
            .build();
  }

  /// The tokens that one attempt has taken; given back when the password was right.
  record Attempt(Bucket account, Bucket address) {
    void wasRight() {
      account.addTokens(1);
      address.addTokens(1);
    }
  }

  /// Counts an attempt before the password is looked at, so that many at once count too.
  ///
  /// @throws RefusedException when there were too many
  Attempt attempt(String login, String address) {
    String shortened = login.length() > 200 ? login.substring(0, 200) : login;
    Bucket byAddress = bucket("a " + address, settings.addressLoginAttempts());
    Bucket byAccount =
        bucket("u " + address + " " + shortened.toLowerCase(Locale.ROOT), settings.loginAttempts());
    take(byAddress);
    take(byAccount);
    return new Attempt(byAccount, byAddress);
  }

  private Bucket bucket(String key, int capacity) {
    return attempts.get(
        key,
        _ ->
            Bucket.builder()
                .addLimit(
                    Bandwidth.builder()
                        .capacity(capacity)
                        .refillGreedy(capacity, settings.loginWindow())
                        .build())
                .build());
  }

  private static void take(Bucket bucket) {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1);
      throw RefusedException.tooMany(
          "Too many login attempts. Please try again in " + wait.toSeconds() + " seconds.", wait);
    }
  }
}
