package dev.handoff.jdbc.row;

import dev.handoff.GateLimits;
import dev.handoff.GateLimits.Rate;
import dev.handoff.Gates.Closing;
import dev.handoff.Gates.Hold;
import dev.handoff.jdbc.sql.Millis;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The room in gates during one claim: what their limits leave, less what this claim has taken.
/// Read while the gates are locked, so that no other claim takes the same room. Confined to one
/// thread.
public final class GatePlaces {
  /// When a full gate is looked at again if nobody tells that a place is free.
  private static final Duration WHILE_FULL = Duration.ofMillis(250);

  private final Instant now;
  private final Map<String, GateRow> rows = new HashMap<>();
  private final Map<String, Integer> running;
  private final Map<String, GateRoom> rooms = new HashMap<>();

  /// The room of one gate. `freeAt` is when it may have room again, if it has none.
  private static final class GateRoom {
    private final GateRow row;
    private final boolean countsStarts;
    private long left;
    private Instant freeAt;
    private boolean isFull;
    private int started;

    private GateRoom(GateRow row, boolean countsStarts, long left, Instant freeAt) {
      this.row = row;
      this.countsStarts = countsStarts;
      this.left = left;
      this.freeAt = freeAt;
    }
  }

  /// The room where there are no gates.
  public GatePlaces(Instant now) {
    this(List.of(), Map.of(), now);
  }

  GatePlaces(Collection<GateRow> rows, Map<String, Integer> running, Instant now) {
    rows.forEach(row -> this.rows.put(row.name(), row));
    this.running = running;
    this.now = now;
  }

  /// Counts the attempts that hold a place in each gate.
  ///
  /// @param tasks the number of running tasks of each stored text of gates
  static Map<String, Integer> perGate(Map<String, Integer> tasks) {
    Map<String, Integer> running = new HashMap<>();
    tasks.forEach((gates, count) ->
        GatedLine.names(gates).forEach(gate -> running.merge(gate, count, Integer::sum)));
    return running;
  }

  /// Returns the row with the limits of a gate: its own, or that of its family; empty if neither is
  /// there.
  static Optional<GateRow> limiting(String gate, Map<String, GateRow> rows) {
    return GateRow.candidates(gate).stream()
        .filter(rows::containsKey)
        .map(rows::get)
        .filter(GateRow::hasLimits)
        .findFirst();
  }

  /// Returns how many tasks that pass these gates can start, at most `atMost`.
  public int room(List<String> gates, int atMost) {
    long least = atMost;
    for (String gate : gates) {
      least = Math.min(least, room(gate).left);
    }
    return (int) Math.max(0, least);
  }

  /// Takes a place in each of these gates, which have room.
  public void take(List<String> gates) {
    for (String gate : gates) {
      GateRoom room = room(gate);
      room.left--;
      room.started++;
    }
  }

  /// Returns when gates without room may have some again.
  public Instant freeAt(List<String> gates) {
    return gates.stream()
        .map(this::room)
        .filter(room -> room.left < 1)
        .map(room -> room.freeAt)
        .max(Instant::compareTo)
        .orElse(now);
  }

  /// Returns the gate without room that has some again last.
  Optional<Hold> holding(List<String> gates) {
    return gates.stream()
        .map(this::room)
        .filter(room -> room.left < 1)
        .max(Comparator.comparing(room -> room.freeAt))
        .map(room -> {
          boolean isFull = room.isFull && !room.freeAt.isAfter(now.plus(WHILE_FULL));
          return new Hold(room.row.name(), isFull ? null : Millis.truncated(room.freeAt));
        });
  }

  /// Returns the gates whose rate of starts this claim has used, and until when it is used up now.
  Map<String, Long> usedUntil() {
    Map<String, Long> used = new HashMap<>();
    rooms.forEach((gate, room) -> {
      Rate starts = room.row.limits().starts();
      if (room.countsStarts && room.started > 0 && starts != null) {
        used.put(gate, RateBucket.after(starts, room.row.startsUntil(), room.started, now));
      }
    });
    return used;
  }

  private GateRoom room(String gate) {
    return rooms.computeIfAbsent(gate, this::read);
  }

  private GateRoom read(String gate) {
    GateRow none = new GateRow(gate, GateLimits.NONE, null, 0, 0);
    GateRow own = rows.getOrDefault(gate, none);
    GateLimits limits = limiting(gate, rows).orElse(none).limits();
    GateRow row = new GateRow(gate, limits, own.closing(), own.startsUntil(), own.unitsUntil());
    GateRoom room = new GateRoom(row, limits.starts() != null, Long.MAX_VALUE, now);
    Closing closing = own.closing();
    if (closing != null && closing.until().isAfter(now)) {
      narrow(room, 0, closing.until());
    }
    Integer concurrency = limits.concurrency();
    if (concurrency != null) {
      int left = concurrency - running.getOrDefault(gate, 0);
      room.isFull = left < 1;
      narrow(room, left, now.plus(WHILE_FULL));
    }
    narrow(room, limits.starts(), own.startsUntil());
    Rate units = limits.units();
    if (units != null && RateBucket.available(units, own.unitsUntil(), now) < 1) {
      narrow(room, units, own.unitsUntil());
    }
    return room;
  }

  private void narrow(GateRoom room, @Nullable Rate rate, long usedUntil) {
    if (rate != null) {
      narrow(
          room,
          RateBucket.available(rate, usedUntil, now),
          RateBucket.availableAt(rate, usedUntil));
    }
  }

  private static void narrow(GateRoom room, long left, Instant freeAt) {
    if (left < 1 && (room.left >= 1 || freeAt.isAfter(room.freeAt))) {
      room.freeAt = freeAt;
    }
    room.left = Math.min(room.left, left);
  }
}
