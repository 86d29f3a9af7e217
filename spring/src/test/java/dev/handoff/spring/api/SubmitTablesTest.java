package dev.handoff.spring.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.jdbc.PostgresDatabase;
import dev.handoff.jdbc.PostgresSettings;
import dev.handoff.jdbc.SqliteDatabase;
import dev.handoff.jdbc.SqliteSettings;
import dev.handoff.spring.api.SubmitTables.StoredBatch;
import dev.handoff.spring.tables.ApiTables;
import dev.handoff.spring.wire.BatchTakenView.Item;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is remembered of submits, on both databases.
final class SubmitTablesTest {
  private final TestClock clock = TestClock.atNine();

  @Test
  void forgetsWhatHasExpired(@TempDir Path folder) {
    try (SqliteDatabase database = SqliteDatabase.open(SqliteSettings.at(folder.resolve("t.db")))) {
      forgetsWhatHasExpired(database.dataSource());
    }
  }

  @Test
  void forgetsWhatHasExpiredOnPostgres() {
    TestDatabase data = PostgresServer.shared().newDatabase();
    try (PostgresDatabase database =
        PostgresDatabase.open(
            PostgresSettings.at(data.url(), data.username(), data.password()).withConnections(4))) {
      forgetsWhatHasExpired(database.dataSource());
    }
    data.drop();
  }

  private void forgetsWhatHasExpired(DataSource database) {
    SubmitTables tables = new SubmitTables(JdbcClient.create(database), new ApiTables(database));
    Instant now = clock.instant();
    Instant inAnHour = now.plus(Duration.ofHours(1));
    for (int i = 0; i < 1500; i++) {
      assertThat(tables.take(new IdempotencyKey("s", "k" + i, "f"), now, inAnHour)).isTrue();
    }
    IdempotencyKey kept = new IdempotencyKey("s", "kept", "f");
    assertThat(tables.take(kept, now, inAnHour.plusSeconds(1))).isTrue();
    assertThat(tables.take(kept, now, inAnHour)).isFalse();
    tables.setAnswer(kept, "task");
    tables.add(new StoredBatch("b", now, List.of(Item.task("t"))), "s", inAnHour);
    assertThat(tables.batch("b", "other", now)).isEmpty();
    assertThat(tables.batch("b", "s", now).orElseThrow().items()).containsExactly(Item.task("t"));
    assertThat(tables.purge(clock.instant())).isZero();

    clock.advance(Duration.ofHours(1));

    assertThat(tables.batch("b", "s", clock.instant())).isEmpty();
    assertThat(tables.find(new IdempotencyKey("s", "k1", "f"), clock.instant())).isEmpty();
    IdempotencyKey again = new IdempotencyKey("s", "k1", "g");
    assertThat(tables.take(again, clock.instant(), inAnHour.plusSeconds(9))).isTrue();
    assertThat(tables.purge(clock.instant())).isEqualTo(1500);
    assertThat(tables.purge(clock.instant())).isZero();
    assertThat(tables.find(kept, clock.instant()).orElseThrow().answer()).isEqualTo("task");
  }
}
