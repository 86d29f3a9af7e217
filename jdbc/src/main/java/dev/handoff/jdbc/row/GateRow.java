package dev.handoff.jdbc.row;

import dev.handoff.GateLimits;
import dev.handoff.GateLimits.Rate;
import dev.handoff.Gates.Closing;
import dev.handoff.jdbc.sql.ResultRow;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of `handoff_gate`. The rates are used up until these times, in microseconds since 1970.
record GateRow(
    String name, GateLimits limits, @Nullable Closing closing, long startsUntil, long unitsUntil) {

  static GateRow read(ResultRow row) throws SQLException {
    Long concurrency = row.numberOrNull("concurrency");
    Instant until = row.timeOrNull("closed_until");
    Long startsUntil = row.numberOrNull("starts_until");
    Long unitsUntil = row.numberOrNull("units_until");
    return new GateRow(
        row.text("name"),
        new GateLimits(
            concurrency == null ? null : Math.toIntExact(concurrency),
            rate(row.numberOrNull("starts_count"), row.numberOrNull("starts_per")),
            rate(row.numberOrNull("units_count"), row.numberOrNull("units_per"))),
        until == null ? null : new Closing(until, row.text("closed_reason")),
        startsUntil == null ? 0 : startsUntil,
        unitsUntil == null ? 0 : unitsUntil);
  }

  private static @Nullable Rate rate(@Nullable Long count, @Nullable Long per) {
    return count == null || per == null ? null : new Rate(count, Duration.ofMillis(per));
  }

  boolean hasLimits() {
    return !limits.equals(GateLimits.NONE);
  }

  /// Returns the names that the limits of a gate may be stored under: its own, then its families',
  /// the longest first.
  static List<String> candidates(String gate) {
    List<String> names = new ArrayList<>(List.of(gate));
    for (int colon = gate.lastIndexOf(':'); colon >= 0; colon = gate.lastIndexOf(':', colon - 1)) {
      names.add(gate.substring(0, colon + 1) + "*");
    }
    return names;
  }
}
