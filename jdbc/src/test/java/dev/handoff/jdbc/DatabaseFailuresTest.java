package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.StoreUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

final class DatabaseFailuresTest {
  @Test
  void findsTheReasonHoweverDeep() {
    StoreUnavailableException known =
        new StoreUnavailableException("away", Duration.ofSeconds(7), new IOException());

    assertThat(DatabaseFailures.unavailable(new IllegalStateException(new RuntimeException(known))))
        .containsSame(known);
    for (SQLException away :
        List.of(
            new SQLTransientConnectionException("no connection in the pool"),
            new SQLException("cut off by an operator", "57P01"),
            new SQLException("connection refused", "08001"),
            new SQLException("too many connections", "53300"),
            new SQLException("deadlock", "40P01"),
            new SQLException("lock timeout", "55P03"),
            new SQLException("statement timeout", "57014"),
            new SQLException("Connection is closed"),
            new SQLiteException("busy", SQLiteErrorCode.SQLITE_BUSY))) {
      assertThat(DatabaseFailures.unavailable(new IllegalStateException(away)))
          .as(away.getMessage())
          .hasValueSatisfying(
              found -> assertThat(found.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
    }
  }

  @Test
  void findsTheReasonBesideAnother() {
    SQLException first = new SQLException("batch", "22000");
    first.setNextException(new SQLException("cut off by an operator", "57P01"));
    RuntimeException rollback = new IllegalStateException("rollback failed");
    rollback.addSuppressed(new IllegalStateException(new SQLException("gone", "08006")));

    assertThat(DatabaseFailures.unavailable(first)).isPresent();
    assertThat(DatabaseFailures.unavailable(new RuntimeException(rollback))).isPresent();
  }

  @Test
  void leavesEverythingElseAlone() {
    RuntimeException circle = new RuntimeException();
    circle.initCause(new RuntimeException(circle));
    for (Throwable other :
        List.of(
            circle,
            new IOException("disk"),
            new SQLException("syntax", "42601"),
            new SQLException("no state"),
            new SQLiteException("broken", SQLiteErrorCode.SQLITE_CORRUPT))) {
      assertThat(DatabaseFailures.unavailable(other)).isEmpty();
    }
  }
}
