package dev.handoff.systems.accounts.guessing;

import dev.handoff.systems.kit.KeyedLimits;
import dev.handoff.systems.kit.KeyedLimits.LimitUse;
import dev.handoff.systems.kit.KeyedLimits.Refill;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.Sha256;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Bounds guessing on this node. Wrong passwords for an account, from wherever and for whichever of
/// its names, make the next one wait longer and longer; an address may try so often altogether.
/// Nobody can lock a person out with that: from where an account has logged in it is never refused,
/// and an address from which people log in may try ten times as often. Keeps no name that nobody
/// has. Safe for use by many threads.
public final class LoginGuard {
  private static final UUID NOBODY = new UUID(0, 0);
  private static final int FOR_ADDRESSES_OF_PEOPLE = 10;

  private final int addressAttempts;
  private final LoginAddresses addresses;
  private final KeyedLimits byAddress;
  private final GuessDelays byAccount;
  // Apart, so that many of them push out no account.
  private final GuessDelays byUnknownName;

  public LoginGuard(GuessLimits limits, LoginAddresses addresses, InstantSource clock) {
    this.addressAttempts = limits.perAddress();
    this.addresses = addresses;
    this.byAddress = new KeyedLimits(limits.window(), Refill.STEADILY, clock);
    this.byAccount = new GuessDelays(limits.perAccount(), clock);
    this.byUnknownName = new GuessDelays(limits.perAccount(), clock);
  }

  /// How many attempts have no delay.
  ///
  /// @param perAccount in a row
  /// @param perAddress within a window
  public record GuessLimits(int perAccount, int perAddress, Duration window) {}

  /// An attempt that was counted.
  public interface Attempt {
    /// The password was right.
    void succeeded();
  }

  /// Counts an attempt to log in before the password is looked at, so that many at once count too.
  ///
  /// @param account the account with this name; none if nobody has it
  /// @throws RefusedException when there were too many
  public Attempt attempt(Optional<UUID> account, String login, String from) {
    String address = LoginAddresses.counted(from);
    // Asked for nobody too, so that unknown names take as long.
    UUID user = account.orElse(NOBODY);
    boolean known = addresses.knows(user, address);
    LimitUse ofAddress = useOf(address, known);
    Duration early =
        account.isEmpty()
            ? byUnknownName.attempt(Sha256.of(login.toLowerCase(Locale.ROOT)))
            : byAccount.attempt(user.toString());
    if (early.isPositive() && !known) {
      throw tooMany(early);
    }
    return () -> {
      if (ofAddress.allowed()) {
        ofAddress.takeBack();
      }
      // The delay of whoever guesses from elsewhere stays.
      if (!early.isPositive()) {
        byAccount.forget(user.toString());
      }
      addresses.add(user, address);
    };
  }

  /// Counts an attempt to prove an account's password within a login, whose address proves nothing.
  ///
  /// @throws RefusedException when there were too many
  public Attempt attemptWithin(UUID account) {
    String key = account.toString();
    Duration early = byAccount.attempt(key);
    if (early.isPositive()) {
      throw tooMany(early);
    }
    return () -> byAccount.forget(key);
  }

  private LimitUse useOf(String address, boolean known) {
    LimitUse use = byAddress.use(address, addressAttempts);
    if (use.allowed() || known) {
      return use;
    }
    if (addresses.knows(address)) {
      use = byAddress.use("people " + address, FOR_ADDRESSES_OF_PEOPLE * addressAttempts);
    }
    if (!use.allowed()) {
      throw tooMany(use.untilNext());
    }
    return use;
  }

  private static RefusedException tooMany(Duration early) {
    Duration wait = Duration.ofSeconds(early.plusMillis(999).toSeconds());
    return RefusedException.tooMany(
        "Too many login attempts. Please try again in " + wait.toSeconds() + " seconds.", wait);
  }
}
