package dev.handoff.systems.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.systems.TestStore;
import dev.handoff.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The audit log in every kind of database.
final class AuditLogTest {
  private static final Duration KEEP = Duration.ofDays(400);
  private static final UUID ASHA = UUID.fromString("00000000-0000-4000-8000-00000000a5a5");
  private static final AuditEvent LOGIN = AuditEvent.of(AuditKind.LOGIN_OK).by(ASHA, "school-1");

  private final TestClock clock = TestClock.atNine();

  private AuditLog log(TestStore.Opened store) {
    AuditOrigin origin = new AuditOrigin(null, null, null, "192.0.2.1", "00aa");
    return new AuditLog(store.db(), () -> origin, clock, KEEP);
  }

  private static List<String> kinds(AuditLog log) {
    return log.find(AuditQuery.ALL, 100).stream().map(AuditEntry::kind).toList();
  }

  @ParameterizedTest
  @EnumSource
  void entriesOfOneMomentKeepTheirOrderAndOldOnesAreForgotten(
      TestStore kind, @TempDir Path folder) {
    try (TestStore.Opened store = kind.open(folder)) {
      AuditLog log = log(store);
      log.note(LOGIN);
      log.note(AuditEvent.of(AuditKind.KEY_MADE).about(ASHA, null).target("k1"));
      log.note(AuditEvent.of(AuditKind.LOGOUT).by(ASHA, "school-1"));

      assertThat(kinds(log)).containsExactly("logout", "key.made", "login.ok");
      AuditEntry first = log.find(AuditQuery.ALL, 100).getLast();
      assertThat(first.actor()).isEqualTo(ASHA.toString());
      assertThat(first.at()).isEqualTo(clock.instant());
      assertThat(first.address()).isEqualTo("192.0.2.1");

      clock.advance(KEEP);
      log.note(LOGIN);
      assertThat(kinds(log)).as("of the last 400 days").hasSize(4);
      clock.advance(Duration.ofHours(2));
      log.note(LOGIN);
      assertThat(kinds(log)).containsExactly("login.ok", "login.ok");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsRepeatedWithoutEndIsNotedOnceInItsTime(TestStore kind, @TempDir Path folder) {
    try (TestStore.Opened store = kind.open(folder)) {
      AuditLog log = log(store);
      AuditEvent refused = AuditEvent.of(AuditKind.CALL_REFUSED).target("GET /api/v1/keys");
      for (int i = 0; i < 100; i++) {
        log.note(refused);
      }
      log.note(AuditEvent.of(AuditKind.CALL_REFUSED).target("GET /api/v1/webhooks"));
      assertThat(kinds(log)).hasSize(2);

      clock.advance(Duration.ofSeconds(61));
      log.note(refused);
      assertThat(kinds(log)).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChangeThatIsUndoneHasNoEntry(TestStore kind, @TempDir Path folder) {
    try (TestStore.Opened store = kind.open(folder)) {
      AuditLog log = log(store);

      assertThatThrownBy(() ->
              store
                  .db()
                  .doInTransaction(() -> {
                    log.note(LOGIN);
                    throw new IllegalStateException("undone");
                  }))
          .hasMessage("undone");

      assertThat(kinds(log)).isEmpty();
    }
  }

  @Test
  void aLogThatCannotBeWrittenRefusesNothingThatIsDone(@TempDir Path folder) {
    AuditLog log;
    try (TestStore.Opened store = TestStore.SQLITE.open(folder)) {
      log = log(store);
    }

    log.noteAfterwards(LOGIN);

    assertThatThrownBy(() -> log.note(LOGIN)).isInstanceOf(RuntimeException.class);
  }
}
