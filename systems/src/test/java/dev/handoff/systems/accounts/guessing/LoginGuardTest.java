package dev.handoff.systems.accounts.guessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handoff.systems.TestStore;
import dev.handoff.systems.accounts.Account;
import dev.handoff.systems.accounts.AccountStore;
import dev.handoff.systems.accounts.Role;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// How guessing is slowed down, and that nobody is locked out by it.
final class LoginGuardTest {
  private static final String HOME = "192.0.2.1";
  private static final LoginGuard.GuessLimits LIMITS =
      new LoginGuard.GuessLimits(10, 100, Duration.ofMinutes(5));

  private final TestClock clock = TestClock.atNine();
  @TempDir private Path folder;
  private Runnable end = () -> {};

  /// A guard and the accounts behind it.
  private record Door(LoginGuard guard, AccountStore accounts) {
    LoginGuard.Attempt attempt(String login, String from) {
      return guard.attempt(accounts.findByName(login).map(Account::id), login, from);
    }

    /// How long the next attempt has to wait; zero when it was made, and wrong.
    Duration wrong(String login, String from) {
      RefusedException refused =
          catchThrowableOfType(RefusedException.class, () -> attempt(login, from));
      return Optional.ofNullable(refused)
          .flatMap(thrown -> thrown.refusal().retryAfter())
          .orElse(Duration.ZERO);
    }
  }

  private Door door(TestStore kind) {
    TestStore.Opened store = kind.open(folder);
    end = store::close;
    AccountStore accounts = new AccountStore(store.db());
    add(accounts, "ben", "Ben");
    add(accounts, "ada", "Ada");
    return new Door(new LoginGuard(LIMITS, new LoginAddresses(store.db(), clock), clock), accounts);
  }

  private static void add(AccountStore accounts, String name, String firstName) {
    String address = name + "@demo.test";
    Account account =
        new Account(
            UUID.randomUUID(),
            address,
            address,
            new Account.PersonName(firstName, "Okafor"),
            "UTC",
            Role.USER,
            new Account.AccountState(true, true, null));
    assertThat(accounts.add(account, "no hash")).isTrue();
  }

  @AfterEach
  void closeTheStore() {
    end.run();
  }

  @Test
  void wrongPasswordsOfAnAccountWaitLongerAndLongerOverAllAddressesAndNames() {
    Door door = door(TestStore.SQLITE);
    List<String> names = List.of("ben@demo.test", "Ben Okafor", "BEN@DEMO.TEST");
    for (int i = 0; i < 10; i++) {
      assertThat(door.wrong(names.get(i % 3), "198.51.100." + i)).isEqualTo(Duration.ZERO);
    }
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Duration wait = door.wrong(names.get(i % 3), "203.0.113." + i);
      waits.add(wait.toSeconds());
      clock.advance(wait.minusMillis(1));
      assertThat(door.wrong(names.get(i % 3), HOME)).isEqualTo(Duration.ofSeconds(1));
      clock.advance(Duration.ofMillis(1));
      assertThat(door.wrong(names.get(i % 3), HOME)).isEqualTo(Duration.ZERO);
    }

    assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L, 900L);
    assertThat(door.wrong("ada@demo.test", HOME)).isEqualTo(Duration.ZERO);
  }

  @Test
  void namesThatNobodyHasAreSlowedDownAlike() {
    Door door = door(TestStore.SQLITE);

    for (int i = 0; i < 10; i++) {
      assertThat(door.wrong("nobody", "198.51.100." + i)).isEqualTo(Duration.ZERO);
    }

    assertThat(door.wrong("NOBODY", HOME)).isEqualTo(Duration.ofSeconds(1));
    assertThat(door.wrong("nobody else", HOME)).isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @EnumSource
  void fromWhereAnAccountHasLoggedInItIsNeverRefused(TestStore kind) {
    Door door = door(kind);
    door.attempt("ben@demo.test", HOME).succeeded();
    clock.advance(Duration.ofDays(29));
    guess(door, "ben@demo.test", 300);
    assertThat(allowed(door, HOME)).isEqualTo(1_100);

    assertThat(door.wrong("ben@demo.test", "203.0.113.1")).isPositive();
    for (int i = 0; i < 20; i++) {
      assertThat(door.wrong("ben@demo.test", HOME)).isEqualTo(Duration.ZERO);
    }
    door.attempt("ben@demo.test", HOME).succeeded();
    assertThat(door.wrong("ben@demo.test", "203.0.113.1")).isPositive();

    clock.advance(Duration.ofDays(31));
    guess(door, "ben@demo.test", 20);
    assertThat(door.wrong("ben@demo.test", HOME)).isPositive();
  }

  private static void guess(Door door, String login, int addresses) {
    for (int i = 0; i < addresses; i++) {
      var _ = door.wrong(login, "198.51." + i / 250 + "." + i % 250);
    }
  }

  @Test
  void anAddressThatNobodyComesFromMayTrySoOften() {
    Door door = door(TestStore.SQLITE);

    assertThat(allowed(door, HOME)).isEqualTo(100);
    clock.advance(Duration.ofMinutes(5));
    assertThat(allowed(door, HOME)).isEqualTo(100);
  }

  // Each for another name.
  private static int allowed(Door door, String address) {
    for (int i = 0; i < 2_000; i++) {
      if (door.wrong(address + " " + i, address).isPositive()) {
        return i;
      }
    }
    return 2_000;
  }

  @Test
  void aRightPasswordEndsTheDelay() {
    Door door = door(TestStore.SQLITE);
    guess(door, "ben@demo.test", 10);
    clock.advance(Duration.ofSeconds(1));

    door.attempt("ben@demo.test", HOME).succeeded();

    for (int i = 0; i < 10; i++) {
      assertThat(door.wrong("ben@demo.test", "203.0.113." + i)).isEqualTo(Duration.ZERO);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "::ffff:192.0.2.1, ::ffff:192.0.2.1",
    "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
    "2001:db8:1:2::9, 20010db800010002/64",
    "2001:db8:1:3::9, 20010db800010003/64",
    "elsewhere, elsewhere"
  })
  void addressesAreCountedByNetwork(String address, String counted) {
    assertThat(LoginAddresses.counted(address)).isEqualTo(counted);
  }
}
