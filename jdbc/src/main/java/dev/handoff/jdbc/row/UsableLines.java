package dev.handoff.jdbc.row;

import dev.handoff.jdbc.row.GateLines.KnownLine;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The lines of gated tasks that a claim may take from, and the room in all of their gates.
public record UsableLines(List<KnownLine> lines, GatePlaces places) {
  /// Fewer than this are not worth a read.
  private static final int FEWEST = 32;

  /// How many lines of full or closed gates one claim passes over, in reads of [#FEWEST] or more.
  private static final int ROUNDS = 20;

  /// Locks the gates of lines that may start now until some of them have room.
  public static UsableLines of(
      GateLines known, GateTable table, WriteTransaction writing, ClaimRequest request)
      throws SQLException {
    Instant now = writing.now();
    Set<String> types = new HashSet<>();
    for (Room room : request.rooms()) {
      if (room.atMost() > 0) {
        types.add(room.type());
      }
    }
    int atOnce = Math.max(FEWEST, 2 * request.atMost());
    UsableLines usable = new UsableLines(List.of(), new GatePlaces(now));
    for (int round = 0; round < ROUNDS && usable.lines().isEmpty(); round++) {
      List<KnownLine> found = known.eligible(types, now, atOnce);
      if (found.isEmpty()) {
        break;
      }
      usable = withRoom(known, found, places(table, writing, found), now);
    }
    return usable;
  }

  private static GatePlaces places(GateTable table, WriteTransaction writing, List<KnownLine> lines)
      throws SQLException {
    Set<String> gates = new HashSet<>();
    lines.forEach(each -> gates.addAll(each.line().names()));
    return table.places(writing.session(), gates, writing.now());
  }

  private static UsableLines withRoom(
      GateLines known, List<KnownLine> found, GatePlaces places, Instant now) {
    List<KnownLine> usable = new ArrayList<>();
    for (KnownLine each : found) {
      List<String> gates = each.line().names();
      if (places.room(gates, 1) > 0) {
        usable.add(each);
      } else {
        known.blocked(each.line(), places.freeAt(gates), now);
      }
    }
    return new UsableLines(usable, places);
  }
}
