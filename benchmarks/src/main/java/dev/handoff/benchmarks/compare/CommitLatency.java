package dev.handoff.benchmarks.compare;

import dev.handoff.benchmarks.Bench;
import dev.handoff.benchmarks.Figures;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;

/// What the least thing costs that is durable: one row in one statement, now and then, on a
/// connection that is open. A pick-up is two of these, one after the other, and what an engine
/// adds.
final class CommitLatency {
  private static final Duration EVERY = Duration.ofMillis(50);
  private static final int WARM_UP = 4_000;

  private CommitLatency() {}

  /// Adds the database's latencies to the table.
  static void measure(DurableServer.Database database, Table table) throws SQLException {
    long[] nanos = new long[Measurements.PICKED_UP];
    try (Connection connection = DriverManager.getConnection(database.address());
        Statement create = connection.createStatement()) {
      create.execute("create table least (id bigint primary key, text text not null)");
      try (PreparedStatement insert =
          connection.prepareStatement("insert into least (id, text) values (?, ?)")) {
        insert.setString(2, Bench.REQUEST);
        for (int i = 0; i < WARM_UP + nanos.length; i++) {
          if (i >= WARM_UP) {
            Measurements.pause(EVERY);
          }
          long start = System.nanoTime();
          insert.setLong(1, i);
          insert.executeUpdate();
          nanos[Math.floorMod(i - WARM_UP, nanos.length)] = System.nanoTime() - start;
        }
      }
    }
    Arrays.sort(nanos);
    table.add(Figure.COMMIT_P50, Compare.DATABASE, Figures.percentile(nanos, 0.50));
    table.add(Figure.COMMIT_P99, Compare.DATABASE, Figures.percentile(nanos, 0.99));
  }
}
