package dev.handoff.jdbc.row;

import dev.handoff.GateLimits;
import dev.handoff.Gates;
import dev.handoff.TaskGate;
import dev.handoff.TaskQuery;
import dev.handoff.jdbc.row.JdbcBudgets.SessionSource;
import dev.handoff.jdbc.sql.Millis;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The gates of a store. Never part of the caller's transaction: what a provider refuses is refused
/// whatever the caller rolls back. Safe for use by many threads.
public final class JdbcGates implements Gates {
  private final GateTable table;
  private final Supplier<Instant> now;
  private final SessionSource sessions;
  private final Runnable changed;

  /// @param changed called after each commit that may let tasks start
  public JdbcGates(
      GateTable table, Supplier<Instant> now, SessionSource sessions, Runnable changed) {
    this.table = table;
    this.now = now;
    this.sessions = sessions;
    this.changed = changed;
  }

  @Override
  public void set(String name, GateLimits limits) {
    Gates.requireFamilyOrName(name);
    var ignored =
        sessions.write(session -> {
          table.set(session, name, limits);
          return true;
        });
    changed.run();
  }

  @Override
  public void close(String name, Instant until, String reason) {
    Gates.requireName(name);
    if (until.isAfter(now.get().plus(LONGEST_CLOSING))) {
      throw new IllegalArgumentException(
          "a gate is closed for at most " + LONGEST_CLOSING.toDays() + " days");
    }
    Closing closing = new Closing(Millis.truncated(until), reason);
    var ignored =
        sessions.write(session -> {
          table.close(session, name, closing);
          return true;
        });
    changed.run();
  }

  @Override
  public boolean open(String name) {
    Gates.requireName(name);
    boolean opened = sessions.write(session -> GateTable.open(session, name, now.get()));
    changed.run();
    return opened;
  }

  @Override
  public boolean remove(String name) {
    Gates.requireFamilyOrName(name);
    boolean removed = sessions.write(session -> GateTable.remove(session, name));
    changed.run();
    return removed;
  }

  @Override
  public Optional<GateState> find(String name) {
    Gates.requireFamilyOrName(name);
    return sessions.read(session -> GateTable.find(session, name, now.get()));
  }

  @Override
  public List<GateState> list(String after, int atMost) {
    if (atMost < 1 || atMost > TaskQuery.PAGE_LIMIT) {
      throw new IllegalArgumentException(
          "a page has 1 to " + TaskQuery.PAGE_LIMIT + " gates, was " + atMost);
    }
    return sessions.read(session -> GateTable.list(session, after, atMost, now.get()));
  }

  @Override
  public Optional<Hold> holding(Collection<String> names) {
    List<String> gates = Gates.requireGates(names);
    return gates.isEmpty()
        ? Optional.empty()
        : sessions.read(session -> GateTable.holding(session, gates, now.get()));
  }

  @Override
  public TaskGate gate(String name) {
    Gates.requireName(name);
    return new TaskGate() {
      @Override
      public void closeUntil(Instant until, String reason) {
        Instant longest = now.get().plus(LONGEST_CLOSING);
        Instant at = Millis.truncated(until.isAfter(longest) ? longest : until);
        var ignored =
            sessions.write(session -> {
              table.closeLonger(session, name, new Closing(at, reason));
              return true;
            });
      }

      @Override
      public void spend(long units) {
        if (units < 1 || units > GateLimits.Rate.MAX_COUNT) {
          throw new IllegalArgumentException(
              "units are 1 to " + GateLimits.Rate.MAX_COUNT + ", were " + units);
        }
        var ignored =
            sessions.write(session -> {
              table.spend(session, name, units, now.get());
              return true;
            });
      }
    };
  }
}
