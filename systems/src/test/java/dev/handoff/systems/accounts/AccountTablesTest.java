package dev.handoff.systems.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.systems.TestStore;
import dev.handoff.systems.accounts.LoginSession.Device;
import dev.handoff.systems.accounts.RefreshTokens.Renewed;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/// Accounts, tokens and the key in every kind of database.
final class AccountTablesTest {
  private static final Duration LIFETIME = Duration.ofDays(14);

  private static final Device BROWSER = new Device("192.0.2.1", "A browser");

  private final TestClock clock = TestClock.atNine();

  @ParameterizedTest
  @EnumSource
  void accountsAreFoundByAnyOfTheirNames(TestStore kind, @TempDir Path folder) {
    try (TestStore.Opened store = kind.open(folder)) {
      AccountStore accounts = withDemoAccounts(store);
      Account ben = accounts.findByLogin("BEN@demo.test").orElseThrow().account();

      assertThat(accounts.find(ben.id())).contains(ben);
      assertThat(ben.standing()).isEqualTo(new Account.AccountState(true, true, null));
      assertThat(account(accounts, "456@school1.test").standing().tenant()).isEqualTo("school-1");
      assertThat(account(accounts, "admin@demo.test").role()).isEqualTo(Role.ADMIN);
      assertThat(accounts.find(UUID.randomUUID())).isEmpty();
      for (String nobody : new String[] {"", "nobody", "a\0b", "\0", "\ud800", "'; --", "%"}) {
        assertThat(accounts.findByLogin(nobody)).as(nobody).isEmpty();
      }
      assertThat(accounts.add(ben, "again")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void tokensRotateAndAStolenOneEndsItsFamily(TestStore kind, @TempDir Path folder) {
    try (TestStore.Opened store = kind.open(folder)) {
      UUID asha = account(withDemoAccounts(store), "asha@demo.test").id();
      RefreshTokens tokens = tokens(store, store.transactions());
      String first = tokens.issue(asha, BROWSER).token();
      String other = tokens.issue(asha, BROWSER).token();

      String second = tokens.renew(first).renewed().orElseThrow().token();
      clock.advance(Duration.ofSeconds(5));
      assertThat(tokens.renew(first).renewed()).as("two tabs at once").isPresent();
      clock.advance(Duration.ofSeconds(6));
      RefreshTokens.Renewal stolen = tokens.renew(first);
      assertThat(stolen.renewed()).isEmpty();
      assertThat(stolen.copiedFrom()).contains(asha);
      assertThat(tokens.renew(second).renewed()).isEmpty();

      assertThat(tokens.renew(other).renewed().map(Renewed::user))
          .as("another login")
          .contains(asha);
      assertThat(tokens.end(other)).contains(asha);
      assertThat(tokens.renew(other).renewed()).isEmpty();
      String last = tokens.issue(asha, BROWSER).token();
      clock.advance(LIFETIME.plusSeconds(1));
      assertThat(tokens.renew(last).renewed()).isEmpty();
    }
  }

  @Test
  void aRenewalUnderWayDoesNotOutliveItsFamily(@TempDir Path folder) throws Exception {
    try (TestStore.Opened store = TestStore.POSTGRESQL.open(folder);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      UUID asha = account(withDemoAccounts(store), "asha@demo.test").id();
      RefreshTokens tokens = tokens(store, store.transactions());
      String stolen = tokens.issue(asha, BROWSER).token();
      String second = tokens.renew(stolen).renewed().orElseThrow().token();
      clock.advance(Duration.ofMinutes(1));
      CountDownLatch renewed = new CountDownLatch(1);
      CountDownLatch commit = new CountDownLatch(1);
      RefreshTokens slow = tokens(store, beforeCommit(store.transactions(), renewed, commit));

      Future<Optional<Renewed>> renewal = threads.submit(() -> slow.renew(second).renewed());
      renewed.await();
      Future<Optional<Renewed>> theft = threads.submit(() -> tokens.renew(stolen).renewed());
      await().until(() -> theft.isDone() || somebodyWaits(store));
      commit.countDown();

      assertThat(theft.get()).isEmpty();
      String third = renewal.get().orElseThrow().token();
      assertThat(tokens.renew(third).renewed()).as("added while its family was ended").isEmpty();
    }
  }

  @Test
  void nodesOnOneDatabaseSignWithOneKey(@TempDir Path folder) {
    try (TestStore.Opened store = TestStore.POSTGRESQL.open(folder)) {
      byte[] one = SigningKey.sharedIn(store.db()).getEncoded();

      assertThat(one).hasSize(32);
      assertThat(SigningKey.sharedIn(store.db()).getEncoded()).isEqualTo(one);
    }
  }

  private static TransactionOperations beforeCommit(
      TransactionTemplate transactions, CountDownLatch reached, CountDownLatch go) {
    return new TransactionOperations() {
      @Override
      public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
        return transactions.execute(status -> {
          T result = action.doInTransaction(status);
          reached.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return result;
        });
      }
    };
  }

  private static boolean somebodyWaits(TestStore.Opened store) {
    return store
            .sql()
            .sql(
                "select count(*) from pg_stat_activity"
                    + " where datname = current_database() and wait_event_type = 'Lock'")
            .query(Integer.class)
            .single()
        > 0;
  }

  private RefreshTokens tokens(TestStore.Opened store, TransactionOperations transactions) {
    SystemsDatabase db = new SystemsDatabase(store.database(), store.sql(), transactions);
    LoginSessions sessions = new LoginSessions(db, clock, Duration.ofDays(30));
    return new RefreshTokens(db, sessions, clock, LIFETIME);
  }

  private static AccountStore withDemoAccounts(TestStore.Opened store) {
    AccountStore accounts = new AccountStore(store.db());
    DemoAccounts.addTo(accounts, PasswordEncoderFactories.createDelegatingPasswordEncoder());
    return accounts;
  }

  private static Account account(AccountStore accounts, String login) {
    return accounts.findByLogin(login).orElseThrow().account();
  }
}
