package dev.handoff.systems.accounts;

import dev.handoff.systems.kit.KeyedLimits;
import dev.handoff.systems.kit.KeyedLimits.Refill;
import dev.handoff.systems.kit.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/// Bounds guessing: so many wrong passwords for an account from one address, and from an address
/// altogether. An account is never locked for other addresses, so nobody can lock a person out.
/// Safe for use by many threads.
final class LoginGuard {
  private final AccountsProperties settings;
  private final KeyedLimits limits;

  LoginGuard(AccountsProperties settings, InstantSource clock) {
    this.settings = settings;
    this.limits = new KeyedLimits(settings.loginWindow(), Refill.STEADILY, clock);
  }

  /// An attempt that was counted; taken back when the password was right.
  record Attempt(KeyedLimits.LimitUse account, KeyedLimits.LimitUse address) {
    void wasRight() {
      account.takeBack();
      address.takeBack();
    }
  }

  /// Counts an attempt before the password is looked at, so that many at once count too.
  ///
  /// @throws RefusedException when there were too many
  Attempt attempt(String login, String address) {
    String shortened = login.length() > 200 ? login.substring(0, 200) : login;
    KeyedLimits.LimitUse byAddress = use("a " + address, settings.addressLoginAttempts());
    KeyedLimits.LimitUse byAccount =
        use("u " + address + " " + shortened.toLowerCase(Locale.ROOT), settings.loginAttempts());
    return new Attempt(byAccount, byAddress);
  }

  private KeyedLimits.LimitUse use(String key, int limit) {
    KeyedLimits.LimitUse use = limits.use(key, limit);
    if (!use.allowed()) {
      Duration wait = use.untilNext().plusSeconds(1);
      throw RefusedException.tooMany(
          "Too many login attempts. Please try again in " + wait.toSeconds() + " seconds.", wait);
    }
    return use;
  }
}
